package dev.darkroom.internal.gateway.ark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.SharedMaterial;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Payloads;
import dev.darkroom.internal.wire.WireException;
import dev.darkroom.testsupport.NeedsMaterial;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documented and observed answers of Seedream, read from the folder of the property {@code wire.fixtures}. */
@NeedsMaterial
class ArkFixturesTest {

    private static final Reply OK = new Reply(200, Map.of(), Instant.parse("2026-11-20T10:00:00Z"));
    private final ArkDialect dialect = new ArkDialect();
    private final Reading reading =
            dialect.reading(ImageRequest.of("seedream-5-0-260128", "p").with(Ark.SEQUENTIAL_IMAGES, 4), OK);

    private static String text(String name) {
        return new String(SharedMaterial.bytes("wire.fixtures", "seedream-documented/" + name), StandardCharsets.UTF_8);
    }

    private List<ImageEvent> events(String stream) {
        var events = new ArrayList<ImageEvent>();
        Payloads.stream(stream).forEach(payload -> events.addAll(reading.read(payload)));
        return events;
    }

    @Test
    void theDocumentedStreamIsThreeFinalImagesAndASummary() {
        var events = events(text("stream.normalised-from-docs.sse.txt"));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("ImageReady", "ImageReady", "ImageReady", "Completed");
        var result = ((ImageEvent.Completed) events.get(3)).result();
        assertThat(result.images()).extracting(image -> image.index()).containsExactly(0, 1, 2);
        assertThat(result.usage().images()).isEqualTo(3);
        assertThat(result.usage().totalTokens()).isEqualTo(48672);
        assertThat(result.created()).isEqualTo(Instant.ofEpochSecond(1757396825));
    }

    @Test
    void theDocumentedFailureOfOneImageIsOne() {
        var event = events("data: " + text("partial_failed.doc.json").strip() + "\n\n")
                .get(0);
        var failure = ((ImageEvent.ImageFailed) event).failure();
        assertThat(failure.index()).isEqualTo(2);
        assertThat(failure.code()).isEqualTo("OutputImageSensitiveContentDetected");
    }

    @Test
    void theDocumentedErrorOfTheWholeRefusesTheRequest() {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(
                        () -> events("data: " + text("stream-error.doc.json").strip() + "\n\n"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.REQUEST));
    }

    @Test
    void whatTheDocumentationPrintsIsNoStreamOfEventsAndNeverTakenForAQuietEnd() {
        assertThatExceptionOfType(WireException.class)
                .isThrownBy(() -> events(text("stream.as-printed-in-docs.INVALID-SSE.txt")));
    }

    @Test
    void theObserved401IsAWrongKey() {
        var failure = (RejectedException) dialect.failure(
                new Reply(401, Map.of(), OK.receivedAt()),
                SharedMaterial.bytes("wire.fixtures", "seedream-documented/error-401.observed.json"));
        assertThat(failure.reason()).isEqualTo(RejectedException.Reason.CREDENTIALS);
        assertThat(failure.details().code()).isEqualTo("AuthenticationError");
    }
}
