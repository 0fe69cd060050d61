package dev.darkroom.dialect.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else's dialect is written and tested with. */
class ToolkitTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String PNG = "iVBORw0KGgoBAgM=";

    private static ImageException failure(int status, Map<String, String> headers, String body) {
        return StatusTable.failure("postcard", new Reply(status, headers, NOW), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aStatusMeansWhatItMeansToOurOwnDialects() {
        assertThat(failure(401, Map.of(), "{}"))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.CREDENTIALS));
        assertThat(failure(429, Map.of("retry-after", "7"), ""))
                .isInstanceOfSatisfying(
                        RateLimitedException.class, e -> assertThat(e.retryAt()).isEqualTo(NOW.plusSeconds(7)));
        assertThat(failure(504, Map.of(), "<html>"))
                .as("a proxy gave up, the picture may be made")
                .isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void itSaysWhoAndCarriesTheGatewaysCodeAndHandle() {
        var failure = failure(
                400, Map.of("x-request-id", "r-1"), "{\"error\":{\"code\":\"no_stamp\",\"message\":\"Buy one.\"}}");
        assertThat(failure).hasMessageContaining("postcard").hasMessageNotContaining("Buy");
        assertThat(failure.details().code()).isEqualTo("no_stamp");
        assertThat(failure.details().generationId()).isEqualTo("r-1");
        assertThat(failure.providerMessage()).isEqualTo("Buy one.");
    }

    @Test
    void aPayloadHasItsImagesAsBytes() {
        var document = Payloads.document("{\"postcard\":\"" + PNG + "\"}");
        assertThat(document.inStream()).isFalse();
        assertThat(document.blob(document.json().path("postcard"))).isNotNull();
        var event = Payloads.event("sketch", "{\"sketch\":\n\"" + PNG + "\"}");
        assertThat(event.inStream()).isTrue();
        assertThat(event.event()).isEqualTo("sketch");
        assertThat(event.blob(event.json().path("sketch"))).isNotNull();
        assertThat(Payloads.event(null, "[DONE]").isDone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "{\"a\":1"})
    void whatIsNoDocumentIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Payloads.document(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n"})
    void whatMakesNoEventIsRefused(String data) {
        assertThatIllegalArgumentException().isThrownBy(() -> Payloads.event("sketch", data));
    }
}
