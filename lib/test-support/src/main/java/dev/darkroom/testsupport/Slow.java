package dev.darkroom.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test that costs more than a build which somebody waits for can spare: small heaps, races by the ten thousand, simulations,
 * browsers. Left out by default; {@code mvn verify -Pslow} runs it too, and so does every change before it is taken.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("slow")
public @interface Slow {}
