package dev.darkroom.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test which reads {@link Material} by others. Where there is none it is skipped and says so; where there is, the tag
 * {@code material} runs these tests alone. {@link Material} fails a test which reads it without this.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag(NeedsMaterial.TAG)
public @interface NeedsMaterial {

    /** The tag, for those who select tests. */
    String TAG = "material";
}
