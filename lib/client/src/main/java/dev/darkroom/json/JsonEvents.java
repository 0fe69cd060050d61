package dev.darkroom.json;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The two ends of a stream of events: a generation becomes lines of which each picture is in one, and those lines a generation again.
 *
 * <pre>{@code
 * Flux<JsonEvent> lines = images.generate(request).transform(JsonEvents.write());
 * Flux<ImageEvent> events = lines.transform(JsonEvents.read());
 * }</pre>
 *
 * <p>Subscribing costs what the source does, demand goes through one for one, cancelling too, and signals arrive where those of the source
 * do. What is remembered is born with each subscription, and let go with it: the final images and the last preview, none of which is
 * copied.
 */
public final class JsonEvents {

    private JsonEvents() {}

    /**
     * From events to lines. A picture that was announced is named in the end and not repeated; one that nothing announced is in the end
     * itself. A failure becomes the last line, with the pictures that were not sent before, and the flux completes; an error which is no
     * {@link ImageException} stays one.
     *
     * @return the operator, for {@link Flux#transform(Function)}
     */
    public static Function<Flux<ImageEvent>, Flux<JsonEvent>> write() {
        return events -> write(events, null);
    }

    /**
     * Like {@link #write()}, with a form for the pictures of this stream, whatever the module says.
     *
     * @param form for example under URLs of this stream
     * @return the operator, for {@link Flux#transform(Function)}
     */
    public static Function<Flux<ImageEvent>, Flux<JsonEvent>> write(ImageForm form) {
        return events -> write(events, form);
    }

    private static Flux<JsonEvent> write(Flux<ImageEvent> events, @Nullable ImageForm form) {
        return Flux.defer(() -> {
            var announcing = new Announcing(form);
            return events.map(announcing::event)
                    .onErrorResume(ImageException.class, failure -> Flux.just(announcing.failed(failure)));
        });
    }

    /**
     * From lines to events: the end has its pictures again, a failure is the error that it was. Waits, and lines that this version does not
     * know, are passed over. Lines that end without {@code completed} or {@code failed} are an
     * {@link dev.darkroom.image.OutcomeUnknownException}, with what had arrived; any other error stays as it is.
     *
     * @return the operator, for {@link Flux#transform(Function)}; the flux ends with the last event, whatever comes behind it
     */
    public static Function<Flux<JsonEvent>, Flux<ImageEvent>> read() {
        return lines -> Flux.defer(() -> {
            var restoring = new Restoring();
            return lines.takeUntil(JsonEvent::isLast)
                    .<ImageEvent>handle(restoring::line)
                    .concatWith(Flux.defer(restoring::end));
        });
    }
}
