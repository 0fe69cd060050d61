package dev.darkroom;

import dev.darkroom.dialect.Begun;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageResult;
import dev.darkroom.internal.call.Calls;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Generations that were begun before, and of which the gateway's id is left: it is asked for the rest, as {@link ImageClient#begun()}
 * gives it. For a failure behind which the gateway goes on, because the key was changed meanwhile, the program ended or the asking
 * failed; by this client, another one, or another process.
 *
 * <pre>{@code
 * images.begun().orElseThrow().result(lost.details().generationId())
 * }</pre>
 *
 * <p>Which generations have such an id: responses made in the background ({@link dev.darkroom.gateway.Responses#IN_BACKGROUND}, kept
 * for some minutes) and tasks of DashScope's (kept for a day).
 */
public final class BegunGenerations {

    private final Calls calls;
    private final Begun begun;

    BegunGenerations(Calls calls, Begun begun) {
        this.calls = calls;
        this.begun = begun;
    }

    /**
     * Asks for a generation.
     *
     * <p>Emits what {@link ImageClient#generate} does, from the beginning where the gateway tells it again.
     *
     * <p><b>Cost.</b> Cold; nothing is generated, and nothing billed that was not before. It is asked for until it is made, within
     * {@code timeouts(t -> t.total(..))} and, as long as there is nothing new, {@code timeouts(t -> t.firstByte(..))}.
     *
     * <p><b>Cancellation</b>, and a timeout, calls the generation off at the gateway, as for {@link ImageClient#generate}.
     *
     * <p><b>Errors</b> are {@link ImageException}s: what the gateway says of the generation, or
     * {@link dev.darkroom.image.OutcomeUnknownException} if it cannot be asked or knows nothing of it, so that it may be asked for
     * again. {@link dev.darkroom.image.RejectedException} for what cannot be an id.
     *
     * <p><b>Signals</b> arrive on an event loop, or where a wait or a limit ended on a timer's thread.
     *
     * @param generationId of a failure's {@link ImageException#details()}
     * @return the events of the generation
     */
    public Flux<ImageEvent> events(String generationId) {
        return calls.begun(begun, Objects.requireNonNull(generationId, "generationId"));
    }

    /**
     * Asks for a generation, and passes its result alone on; otherwise as {@link #events(String)}.
     *
     * @param generationId of a failure's {@link ImageException#details()}
     * @return exactly one result
     */
    public Mono<ImageResult> result(String generationId) {
        return events(generationId).ofType(ImageEvent.Completed.class).single().map(ImageEvent.Completed::result);
    }
}
