package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutcomeUnknownException.Reason;
import dev.darkroom.testsupport.SideBySide;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** An image that arrived whole is in the failure, whatever became of the answer around it. */
class CutAnswersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LARGE = Base64.getEncoder().encodeToString(FileServer.picture(9_000));
    private static final String CUT = "{\"data\":[{\"b64_json\":\"" + LARGE
            + "\"},{\"url\":\"https://example.org/1\"},{\"b64_json\":\"" + LARGE.substring(0, 5_000);

    private static String answer(String type, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: 1000000\r\n\r\n" + body;
    }

    private static OutcomeUnknownException failure(RawServer server) {
        var client = ImageClient.openAi("sk-test")
                .baseUrl(server.url("/v1").toString())
                .timeouts(t -> t.silence(Duration.ofSeconds(3)));
        try {
            return catchThrowableOfType(
                    OutcomeUnknownException.class,
                    () -> client.result(ImageRequest.of("m", "p")).block(PATIENCE));
        } finally {
            client.close();
        }
    }

    @Test
    void ofADocumentThatIsCutTheImagesThatAreWholeAreInTheFailure() throws IOException {
        try (var server = new RawServer(answer("application/json", CUT))) {
            var failure = failure(server);
            assertThat(failure.reason()).isEqualTo(Reason.CUT);
            assertThat(failure.partialResult().images()).hasSize(2);
        }
    }

    @Test
    @SideBySide
    void ofADocumentThatStopsTheyAreInTheFailureToo() throws IOException {
        try (var server = RawServer.holding(answer("application/json", CUT))) {
            var failure = failure(server);
            assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(failure.partialResult().images()).hasSize(2);
        }
    }

    @Test
    @SideBySide
    void anImageThatIsWholeInAnEventThatStopsIsInTheFailure() throws IOException {
        var event = "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"" + LARGE + "\",\"usage\":{";
        try (var server = RawServer.holding(answer("text/event-stream", event))) {
            var failure = failure(server);
            assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(failure.partialResult().images()).hasSize(1);
        }
    }
}
