package dev.darkroom.internal.gateway.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageEvents;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.minimax.MiniMaxDialect;
import dev.darkroom.internal.gateway.myrouter.MyRouterDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.gateway.token360.Token360Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** In a stream every final image is announced exactly once, the last one too, at every gateway; a document is one event. */
class AnnouncedImagesTest {

    private static final String DONE = "data: [DONE]\n\n";
    private static final String PREVIEW =
            "data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":0," + "\"b64_json\":\""
                    + DialectContract.BASE64 + "\"}\n\n";

    static Stream<Dialect> all() {
        return Dialects.all();
    }

    /** Those whose completed events hold an image each. */
    static Stream<Dialect> counting() {
        return Stream.of(new OpenAiDialect(), new OpenRouterDialect(), new Token360Dialect());
    }

    /** Those whose completed event is a summary. */
    static Stream<Dialect> summing() {
        return Stream.of(new ArkDialect(), new MiniMaxDialect(), new MyRouterDialect());
    }

    private static List<ImageEvent> read(Dialect dialect, int n, List<Payload> payloads) {
        var reading = dialect.reading(ImageRequest.of("a/b", "p").n(n), new Reply(200, Map.of(), DialectContract.NOW));
        var events = new ArrayList<ImageEvent>();
        payloads.forEach(payload -> events.addAll(reading.read(payload)));
        assertThat(reading.isComplete()).isTrue();
        return events;
    }

    private static String completed() {
        return "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"" + DialectContract.BASE64 + "\"}\n\n";
    }

    private static String succeeded(int index) {
        return "data: {\"type\":\"image_generation.partial_succeeded\",\"image_index\":" + index + ",\"url\":\""
                + DialectContract.LINK + "\"}\n\n";
    }

    private static String document(int images) {
        var items = String.join(
                ",",
                IntStream.range(0, images)
                        .mapToObj(i -> "{\"url\":\"" + DialectContract.LINK + "\"}")
                        .toList());
        return "{\"created\":1790983963,\"data\":[" + items + "]}";
    }

    private static void assertEachAnnouncedOnce(List<ImageEvent> events, int images) {
        var announced = events.stream()
                .filter(ImageEvent.ImageReady.class::isInstance)
                .map(event -> ((ImageEvent.ImageReady) event).image())
                .toList();
        var end = (ImageEvent.Completed) events.get(events.size() - 1);
        assertThat(announced)
                .hasSize(images)
                .containsExactlyInAnyOrderElementsOf(end.result().images());
        assertThat(events.stream().filter(ImageEvent.Completed.class::isInstance))
                .hasSize(1);
        assertThat(Flux.fromIterable(events)
                        .transform(ImageEvents.images())
                        .collectList()
                        .block())
                .as("and ImageEvents.images() hands each on once")
                .hasSize(images);
    }

    @ParameterizedTest
    @MethodSource("counting")
    void theNthCompletedEventIsAnImageAndThenTheEnd(Dialect dialect) {
        for (int n = 1; n <= 3; n++) {
            var events = read(dialect, n, Payloads.stream((PREVIEW + completed()).repeat(n)));
            assertEachAnnouncedOnce(events, n);
            assertThat(events).hasSize(2 * n + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("counting")
    void doneCompletesAStreamOfFewerImagesWithoutAnnouncingAnyAgain(Dialect dialect) {
        var events = read(dialect, 4, Payloads.stream(completed() + completed() + DONE));
        assertEachAnnouncedOnce(events, 2);
        assertThat(events).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("summing")
    void aSummaryAnnouncesNoImageAgain(Dialect dialect) {
        var end = "data: {\"type\":\"image_generation.completed\",\"usage\":{\"generated_images\":2}}\n\n" + DONE;
        assertEachAnnouncedOnce(read(dialect, 2, Payloads.stream(succeeded(1) + succeeded(0) + end)), 2);
        assertEachAnnouncedOnce(read(dialect, 1, Payloads.stream(succeeded(0) + end)), 1);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDocumentInAnEventAnnouncesItsImages(Dialect dialect) {
        for (int n = 1; n <= 3; n++) {
            var events = read(
                    dialect, n, Payloads.stream("data: {\"status\":\"processing\"}\n\ndata: " + document(n) + "\n\n"));
            assertEachAnnouncedOnce(events, n);
            assertThat(events).hasSize(n + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDocumentIsExactlyOneCompleted(Dialect dialect) {
        for (int n = 1; n <= 3; n++) {
            assertThat(read(dialect, n, List.of(Payloads.document(document(n)))))
                    .singleElement()
                    .isInstanceOf(ImageEvent.Completed.class);
        }
    }

    @Test
    void anImageThatIsNotComingIsToldAsSuchAndTheEndFollows() {
        var broken = "data: {\"type\":\"image_generation.completed\",\"b64_json\":null}\n\n";
        var events = read(new OpenAiDialect(), 2, Payloads.stream(completed() + broken));
        assertThat(events.get(1))
                .isEqualTo(new ImageEvent.ImageFailed(new ImageFailure(1, ImageFailure.UNDECODABLE, null)));
        assertThat(events.get(2)).isInstanceOf(ImageEvent.Completed.class);
        assertThat(events).hasSize(3);
    }
}
