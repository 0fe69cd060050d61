package dev.darkroom;

import dev.darkroom.dialect.Lookup;
import dev.darkroom.dialect.Lookup.Sought;
import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.call.Calls;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What became of it: asks a gateway afterwards for its record of a generation, as {@link ImageClient#lookup()} gives it. For a failure
 * that leaves the outcome open, before anybody pays again.
 *
 * <pre>{@code
 * lookup.of(request, failure, asked)
 *       .filter(GenerationRecord::isFinal)
 *       .repeatWhenEmpty(again -> again.take(20).delayElements(Duration.ofSeconds(30)))
 * }</pre>
 *
 * <p>Gateways write their records late: one that knows nothing may know it in a minute, and of some generations only in an hour.
 *
 * <p><b>Cost.</b> Nothing is billed. Cold; a subscription is one call, which is made again while it is refused for now or was not
 * accepted, within {@link dev.darkroom.settings.RateLimits#maxWait(java.time.Duration)}.
 *
 * <p><b>Cancellation</b> closes the connection, and ends a wait. <b>Errors</b> are those of {@link ImageClient#generate}.
 * <b>Signals</b> arrive on an event loop, or where a wait ended on a timer's thread.
 */
public final class GenerationLookup {

    private final Calls calls;
    private final Lookup lookup;

    GenerationLookup(Calls calls, Lookup lookup) {
        this.calls = calls;
        this.lookup = lookup;
    }

    /**
     * By the gateway's handle.
     *
     * @param generationId of a result or a failure
     * @return the record; {@link GenerationRecord#unknown()} if the gateway knows nothing of it, perhaps only not yet; or an error as
     *     for {@link ImageClient#generate}, {@link RejectedException} for what cannot be an id
     */
    public Mono<GenerationRecord> of(String generationId) {
        return of(new Sought(Objects.requireNonNull(generationId, "generationId"), null, null));
    }

    /**
     * By a failure, with what was asked for.
     *
     * @param request what was asked for
     * @param failure how it ended
     * @param since when it was asked for, or somewhat earlier, since the gateway's clock counts; null for any time
     * @return the record, as {@link #of(String)}; empty where there is nothing to go by: OpenRouter's records go by the handle that
     *     stands in the head of an answer, and a failure without an answer has none
     */
    public Mono<GenerationRecord> of(ImageRequest request, ImageException failure, @Nullable Instant since) {
        return of(new Sought(failure.details().generationId(), Objects.requireNonNull(request, "request"), since));
    }

    private Mono<GenerationRecord> of(Sought sought) {
        return calls.lookedUp(lookup, sought)
                .onErrorResume(GenerationLookup::isUnknown, none -> Mono.just(GenerationRecord.unknown()));
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof RejectedException refusal && refusal.reason() == RejectedException.Reason.NOT_FOUND;
    }
}
