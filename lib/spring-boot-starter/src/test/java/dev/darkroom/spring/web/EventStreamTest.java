package dev.darkroom.spring.web;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.json.ImageForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** The body of a response in virtual time. */
class EventStreamTest {

    private static final ImageEvent PREVIEW = new ImageEvent.Partial(0, 0, GeneratedImage.of(0, new byte[] {1}));
    private static final ImageEvent DONE = ImageEvent.completed(new byte[] {2});
    private static final Throttled WAIT = new Throttled(new Quota("host", "credential", "painter"), Instant.EPOCH, 1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final TestPublisher<ImageEvent> upstream = TestPublisher.create();
    private final List<String> heard = new ArrayList<>();

    @AfterEach
    void forgetTime() {
        VirtualTimeScheduler.reset();
    }

    private EventStream stream(Flux<ImageEvent> events, EventForm form, Duration headWait) {
        var settings = new WebProperties.Events(
                WebProperties.Image.OMITTED, headWait, Duration.ofSeconds(15), true, DataSize.ofMegabytes(1));
        return EventStream.of(
                events,
                form,
                EventSettings.of(settings, ImageForm.OMITTED),
                Throttled.listener(wait -> heard.add("the application")).apply(Context.of("key", "value")));
    }

    private EventStream opened(EventForm form) {
        var stream = stream(upstream.flux(), form, Duration.ofSeconds(1));
        stream.opened().subscribe();
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(text(stream)).isEqualTo(form.head());
        return stream;
    }

    /** The next frame, which is there. */
    private static @Nullable String text(EventStream stream) {
        var frame = stream.next().toFuture().getNow(null);
        return frame == null ? null : text(frame);
    }

    private static String text(EventFrame frame) {
        try {
            return new String(frame.asInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theHeadWaitsForARefusalAndNoLonger() {
        StepVerifier.create(stream(upstream.flux(), EventForm.SSE, Duration.ofSeconds(1))
                        .opened())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(999)))
                .then(() -> upstream.error(new IllegalStateException("refused")))
                .verifyErrorMessage("refused");
        var late = TestPublisher.<ImageEvent>create();
        StepVerifier.create(stream(late.flux(), EventForm.SSE, Duration.ofSeconds(1))
                        .opened())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .verifyComplete();
        StepVerifier.create(settled(
                        stream(late.flux(), EventForm.SSE, Duration.ZERO).opened()))
                .verifyComplete();
    }

    @Test
    void theFirstEventLetsTheHeadLeaveAtOnce() {
        StepVerifier.create(stream(upstream.flux(), EventForm.SSE, Duration.ofHours(1))
                        .opened())
                .then(() -> upstream.next(PREVIEW))
                .verifyComplete();
    }

    @Test
    void aFluxThatFailsAtOnceHasAStatusToo() {
        StepVerifier.create(settled(
                        stream(Flux.error(new IllegalStateException("at once")), EventForm.JSON, Duration.ofHours(1))
                                .opened()))
                .verifyErrorMessage("at once");
    }

    @Test
    void silenceIsFilledWithHeartbeatsAndTheEventThatComesBehindOneIsNotLost() {
        var stream = opened(EventForm.NDJSON);
        var beat = stream.next().toFuture();
        time.advanceTimeBy(Duration.ofSeconds(14));
        assertThat(beat).isNotDone();
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(text(beat.getNow(null))).isEqualTo(" ");
        upstream.next(PREVIEW);
        assertThat(text(stream)).startsWith("{\"type\":\"partial\"").endsWith("}\n");
        upstream.next(DONE).complete();
        assertThat(text(stream)).startsWith("{\"type\":\"completed\"");
        assertThat(text(stream)).isNull();
        assertThat(stream.isEnded()).isTrue();
    }

    @Test
    void anArrayIsOneWhateverStandsBetween() {
        var stream = opened(EventForm.JSON);
        var beat = stream.next().toFuture();
        time.advanceTimeBy(Duration.ofSeconds(15));
        assertThat(text(beat.getNow(null))).isBlank();
        upstream.next(PREVIEW);
        assertThat(text(stream)).startsWith("{");
        upstream.next(DONE).complete();
        assertThat(text(stream)).startsWith(",{");
        assertThat(text(stream)).isEqualTo("]");
        assertThat(text(stream)).isNull();
    }

    @Test
    void aWaitIsToldInTheStreamAndToWhoeverElseListens() {
        var events = Flux.deferContextual(context -> {
            assertThat(context.<String>get("key")).isEqualTo("value");
            Throttled.listenerIn(context).accept(WAIT);
            Throttled.listenerIn(context).accept(new Throttled(WAIT.quota(), WAIT.until(), 2));
            return upstream.flux();
        });
        var stream = stream(events, EventForm.SSE, Duration.ZERO);
        stream.opened().subscribe();
        assertThat(text(stream)).startsWith(":\n");
        assertThat(text(stream)).startsWith("event:throttled\ndata:{").contains("\"attempt\":2");
        assertThat(heard).containsExactly("the application", "the application");
        upstream.next(PREVIEW);
        assertThat(text(stream)).startsWith("event:partial\n");
    }

    @Test
    void aFormOfPicturesThatThrowsEndsItsOwnStream() {
        var form = ImageForm.url(image -> {
            throw new IllegalStateException("mine");
        });
        var settings = new WebProperties.Events(
                WebProperties.Image.URL, Duration.ofSeconds(1), Duration.ZERO, false, DataSize.ofMegabytes(1));
        var stream = EventStream.of(upstream.flux(), EventForm.SSE, EventSettings.of(settings, form), Context.empty());
        stream.opened().subscribe();
        upstream.next(PREVIEW);
        assertThat(text(stream)).isEqualTo(EventForm.SSE.head());
        StepVerifier.create(settled(stream.next())).verifyErrorMessage("mine");
        upstream.assertCancelled();
    }

    @Test
    void nothingIsAskedForAheadOfWhatIsWritten() {
        var stream = opened(EventForm.SSE);
        upstream.next(new ImageEvent.ImageReady(GeneratedImage.of(0, new byte[] {1})));
        upstream.next(new ImageEvent.ImageReady(GeneratedImage.of(1, new byte[] {1})));
        upstream.assertMaxRequested(2);
        assertThat(text(stream)).contains("image_ready");
        upstream.assertMaxRequested(2);
        stream.cancel();
        upstream.assertCancelled();
    }
}
