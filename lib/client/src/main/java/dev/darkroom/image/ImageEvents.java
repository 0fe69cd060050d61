package dev.darkroom.image;

import java.util.HashSet;
import java.util.function.Function;
import java.util.stream.Stream;
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
     * @return the operator, for {@link Flux#transform(Function)}
     */
    public static Function<Flux<ImageEvent>, Flux<ImageEvent>> latestPartial() {
        return LatestPartial::new;
    }

    /**
     * The final images, each as soon as it is known and each once: those that are announced, and at the end those that were
     * not, which are all of them where a gateway does not stream.
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
