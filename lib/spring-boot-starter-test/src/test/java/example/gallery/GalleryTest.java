package example.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.spring.test.AutoConfigureImageEmulator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

/** As the page about Spring shows a test. */
@SpringBootTest
@AutoConfigureImageEmulator
class GalleryTest {
    @Autowired
    RunningEmulator emulator;

    @Test
    void nothingWasAskedForYet() {
        assertThat(emulator.journal().entries()).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {}
}
