package dev.darkroom.image;

import java.util.HashSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What Reactor's own operators cannot do to a flux of events without breaking its promise. */
public final class ImageEvents {

    private ImageEvents() {}

    /**
     * For readers slower than the previews: of the previews of one image that wait to be read, only the newest stays. No
     * other event is ever dropped, unlike with {@code onBackpressureLatest}, which may drop the final image.
     *
     * <pre>{@code
     * images.generate(request).transform(ImageEvents.latestPartial())
     * }</pre>
     *
     * <p><b>Demand.</b> Nothing is asked for before the subscriber asks. From then on previews are taken as they come,
     * and at most one for each image is kept; any other event is taken one at a time, when the one before was read.
     *
     * <p><b>What it cannot do.</b> Demand is all it sees. What asks for many events ahead takes as many previews, however slowly
     * they are read behind it: {@code publishOn} and {@code flatMap} ask for 256 or so, and Spring WebFlux, whose writer of events
     * asks for one and then for 31 at a time, has a dozen previews of megabytes in its buffers for a browser that still reads the
     * first. There, let the reader say when it has taken one ({@link #latestPartial(Publisher)}), or send small notices and let
     * the pictures be fetched.
     *
     * @return the operator, for {@link Flux#transform(Function)}
     */
    public static Function<Flux<ImageEvent>, Flux<ImageEvent>> latestPartial() {
        return events -> new LatestPartial(events, null);
    }

    /**
     * Like {@link #latestPartial()}, but hands out previews one at a time, however many are asked for: the next one, which is the
     * newest, when the reader says that it has taken the last. Other events do not wait for that, and a final image takes the
     * place of a preview that waits.
     *
     * <p>No signal of a web server says that a browser has read something; the browser has to: by a message back over a
     * WebSocket, or a small request. Without one, a clock at least bounds what is sent:
     *
     * <pre>{@code
     * images.generate(request).transform(ImageEvents.latestPartial(Flux.interval(Duration.ofSeconds(2))))
     * }</pre>
     *
     * @param taken a signal for each preview that was taken; subscribed to with the first demand, without backpressure, and
     *     cancelled with the flux. Signals do not add up. Once it completes, only demand counts; its error is the flux's
     * @return the operator, for {@link Flux#transform(Function)}
     */
    public static Function<Flux<ImageEvent>, Flux<ImageEvent>> latestPartial(Publisher<?> taken) {
        return events -> new LatestPartial(events, taken);
    }

    /**
     * The final images, each as soon as it is known and each index once: those that are announced, and at the end those that were
     * not, which are all of them where a gateway does not stream. Images that failed are left out. Cost, cancellation, errors and
     * threads are those of the events; one event is asked for at a time.
     *
     * @return the operator, for {@link Flux#transform(Function)}
     */
    public static Function<Flux<ImageEvent>, Flux<GeneratedImage>> images() {
        return events -> Flux.defer(() -> {
            var seen = new HashSet<Integer>();
            return events.concatMapIterable(
                    event -> finals(event)
                            .filter(image -> seen.add(image.index()))
                            .toList(),
                    1);
        });
    }

    private static Stream<GeneratedImage> finals(ImageEvent event) {
        if (event instanceof ImageEvent.ImageReady ready) {
            return Stream.of(ready.image());
        }
        return event instanceof ImageEvent.Completed end ? end.result().images().stream() : Stream.empty();
    }
}
