package dev.darkroom.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviewApplicationTest {

    @ParameterizedTest
    @CsvSource({
        "'',            127.0.0.1",
        "sk-or-test,    openrouter.ai",
    })
    void withoutAKeyTheEmulatorAnswersAndWithOneTheRealGateway(String key, String host) {
        var application = PreviewApplication.application();
        try (var context = application.run("--server.port=0", "--darkroom.api-key=" + key)) {
            assertThat(context.getBean(ImageClient.class).toString()).contains("//" + host);
            assertThat(context.getBeanProvider(RunningEmulator.class).stream()).hasSize(key.isEmpty() ? 1 : 0);
        }
    }
}
