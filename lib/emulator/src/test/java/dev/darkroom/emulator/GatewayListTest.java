package dev.darkroom.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The one list of gateways, and what is known by it. */
class GatewayListTest {

    @Test
    void aUrlOfAGatewayBeginsWithItsName() {
        try (var emulator = ImageEmulator.create().start()) {
            assertThat(emulator.gateways())
                    .isNotEmpty()
                    .allSatisfy(
                            name -> assertThat(emulator.baseUrl(name).getPath()).startsWith("/" + name + "/"));
        }
    }

    @Test
    void aGatewayThatIsNotThereIsAnErrorThatNamesThoseThatAre() {
        try (var emulator = ImageEmulator.create().start()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> emulator.baseUrl("postcard"))
                    .withMessageContainingAll("postcard", "openrouter", "minimax");
        }
    }

    @Test
    void theReadmeHasARowForEveryGateway() throws IOException {
        var readme = Files.readString(Path.of(System.getProperty("maven.basedir", "."), "README.md"));
        try (var emulator = ImageEmulator.create().start()) {
            assertThat(emulator.gateways())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(readme)
                            .contains("| `" + emulator.baseUrl(name).getPath() + "` |"));
        }
    }

    @Test
    void aRequestUnderNoGatewayIsToldAllPrefixes() {
        try (var emulator = ImageEmulator.create().start()) {
            var answer = new TestClient(emulator.baseUrl("ark").resolve("/nowhere"), "sk-test").get("");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(emulator.gateways())
                    .allSatisfy(name -> assertThat(answer.body())
                            .contains(emulator.baseUrl(name).getPath()));
        }
    }

    @Test
    void theModelsOfEachGatewayAreListedAndOnesThatCanBeAskedFor() {
        try (var emulator = ImageEmulator.create().start()) {
            var page = new TestClient(emulator.baseUrl("ark").resolve("/"), "sk-test").get("");

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(emulator.gateways())
                    .allSatisfy(name -> assertThat(page.body())
                            .contains(emulator.baseUrl(name).getPath() + "  "
                                    + String.join(", ", emulator.models(name))));
            assertThat(emulator.models("ark")).contains("seedream-4-5-251128").isSorted();
            assertThat(emulator.models("openrouter")).contains("openai/gpt-image-1-mini");
        }
    }

    @Test
    void theReadmeNamesAllModels() throws IOException {
        var readme = Files.readString(Path.of(System.getProperty("maven.basedir", "."), "README.md"));
        try (var emulator = ImageEmulator.create().start()) {
            assertThat(emulator.gateways())
                    .allSatisfy(name -> assertThat(readme)
                            .contains("| " + name + " | `" + String.join("`, `", emulator.models(name)) + "` |"));
        }
    }
}
