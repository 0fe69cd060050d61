package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;

class DarkroomHintsTest {

    private final RuntimeHints hints = new RuntimeHints();

    @Test
    void theEmulatorKeepsItsCatalogueAndItsEncoders() throws ReflectiveOperationException {
        new DarkroomHints().registerHints(hints, getClass().getClassLoader());

        assertThat(RuntimeHintsPredicates.resource()
                        .forResource("dev/darkroom/emulator/gateway/openrouter/catalogue.json"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.resource().forResource("native/Linux/x86_64/libwebp-imageio.so"))
                .accepts(hints);
        var writer = Class.forName("com.luciad.imageio.webp.WebPImageWriterSpi");
        assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(writer.getConstructor()))
                .accepts(hints);
    }

    @Test
    void whereThereIsNoEmulatorNothingIsKept() {
        new DarkroomHints().registerHints(hints, new FilteredClassLoader("dev.darkroom.emulator") {
            @Override
            public java.net.URL getResource(String name) {
                return name.startsWith("dev/darkroom/emulator") ? null : super.getResource(name);
            }
        });

        assertThat(RuntimeHintsPredicates.resource()
                        .forResource("dev/darkroom/emulator/gateway/openrouter/catalogue.json"))
                .rejects(hints);
    }

    @Test
    void theHintsAreFound() {
        assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
                        .load(RuntimeHintsRegistrar.class))
                .hasAtLeastOneElementOfType(DarkroomHints.class);
    }
}
