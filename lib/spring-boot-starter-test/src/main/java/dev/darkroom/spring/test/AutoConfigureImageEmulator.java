package dev.darkroom.spring.test;

import dev.darkroom.spring.DarkroomAutoConfiguration;
import dev.darkroom.spring.EmulatorAutoConfiguration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

/**
 * Lets the image clients of a test talk to an emulator in the same process: with {@code @SpringBootTest}, and with any test
 * slice, which then has the clients too. No key is needed and nothing costs money.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureImageEmulator
 * class GalleryTest {
 *     @Autowired RunningEmulator emulator;
 *     @Autowired Gallery gallery;
 *
 *     @Test
 *     void waitsOutARateLimit() {
 *         emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1)));
 *         StepVerifier.create(gallery.paint("a lighthouse")).expectNextCount(1).verifyComplete();
 *         assertThat(emulator.journal().entries()).hasSize(2);
 *     }
 * }
 * }</pre>
 *
 * <p>After each test the emulator forgets the faults that were not met, and its journal, and the gate what it learned of rate
 * limits (unless the application has a gate of its own). Tests that share a context must not run at the same time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration({
    ImageEmulatorTestAutoConfiguration.class,
    EmulatorAutoConfiguration.class,
    DarkroomAutoConfiguration.class
})
@PropertyMapping("darkroom.emulator")
public @interface AutoConfigureImageEmulator {

    /**
     * Whether the clients talk to the emulator.
     *
     * @return true unless set
     */
    boolean enabled() default true;

    /**
     * How long an image takes.
     *
     * @return as long as it takes to draw, unless set
     */
    String latency() default "0s";

    /**
     * How many previews a streamed image has.
     *
     * @return 1 unless set
     */
    int partials() default 1;

    /**
     * By how much each side of a picture is drawn shorter than asked for; nothing else of an answer changes.
     *
     * @return 16 unless set: quick to draw, and small enough for a {@code WebTestClient}, which reads 256 kB unless told otherwise;
     *     1 for pictures as large as asked for
     */
    int shrink() default 16;
}
