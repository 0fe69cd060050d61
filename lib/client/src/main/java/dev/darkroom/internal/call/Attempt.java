package dev.darkroom.internal.call;

import static java.util.Objects.requireNonNull;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutcomeUnknownException.Reason;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.BodyEnd;
import dev.darkroom.internal.http.HttpCall;
import dev.darkroom.internal.http.HttpFailure;
import dev.darkroom.internal.http.Transport;
import dev.darkroom.internal.wire.WireException;
import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Sends a call once and says what became of it, in the words of {@link ImageException}.
 *
 * @param <T> what a good answer holds
 */
final class Attempt<T> {

    /** Makes the decoder of a good answer. */
    @FunctionalInterface
    interface Decoding<T> {
        BodyDecoder<T> of(Attempt<T> attempt, Reply reply);
    }

    private static final String OPEN = "left the outcome open: ";
    private static final String UNREADABLE = "sent an answer that cannot be read: ";

    /** Statuses that may say that a quota is used up; of others only what their heads say. */
    private static final Set<Integer> MAYBE_REFUSED = Set.of(402, 429, 529);

    private final Dialect dialect;
    private final Transport transport;
    private final Decoding<T> decoding;
    private final Clock clock;
    private final Runnable refused;
    private volatile Supplier<PartialResult> partialResult = () -> PartialResult.NOTHING;
    private volatile @Nullable RefusalDecoder<T> refusal;
    private volatile @Nullable RefusalLimit<T> limit;
    private volatile FailureDetails head = FailureDetails.NONE;

    /**
     * An attempt that is not made yet.
     *
     * @param refused run when the head of an answer was read that looks like a refusal; on the event loop
     */
    Attempt(Dialect dialect, Transport transport, Clock clock, Runnable refused, Decoding<T> decoding) {
        this.dialect = dialect;
        this.transport = transport;
        this.clock = clock;
        this.refused = refused;
        this.decoding = decoding;
    }

    Flux<T> send(HttpCall call, Timeouts timeouts, @Nullable Duration toSend) {
        var exchange =
                transport.exchange(call, timeouts, toSend, this::decoder).onErrorMap(HttpFailure.class, this::meaning);
        var limited = new RefusalLimit<>(
                exchange, clock.scheduler(), () -> requireNonNull(refusal).failure());
        limit = limited;
        return limited;
    }

    /** Where a failure finds what had arrived before it; asked on any thread. */
    void salvageFrom(Supplier<PartialResult> source) {
        partialResult = source;
    }

    private BodyDecoder<T> decoder(Reply reply) {
        clock.received(reply);
        head = FailureDetails.NONE.withStatus(reply.status());
        if (reply.status() / 100 != 2) {
            var decoder = new RefusalDecoder<T>(dialect, reply);
            refusal = decoder;
            if (MAYBE_REFUSED.contains(reply.status()) || decoder.failure() instanceof RateLimitedException) {
                refused.run();
                requireNonNull(limit).begin();
            }
            return decoder;
        }
        try {
            return decoding.of(this, reply);
        } catch (Throwable e) { // the dialect's, which may be anybody's
            throw meaning(e);
        }
    }

    private ImageException meaning(HttpFailure failure) {
        var begun = refusal;
        if (begun != null) {
            return begun.failure(); // it had begun to refuse; the rest of its words does not matter
        }
        if (failure.kind() == HttpFailure.Kind.UPLOAD) {
            return new RejectedException(
                    RejectedException.Reason.REQUEST, "not sent whole: " + failure.getMessage(), head);
        }
        if (!failure.isSent()) {
            return unreached(dialect, failure);
        }
        return switch (failure.kind()) {
            case COMPRESSION -> unknown(Reason.UNDECODABLE, UNREADABLE + failure.getMessage(), failure);
            case TIMED_OUT -> unknown(Reason.TIMED_OUT, OPEN + failure.getMessage(), failure);
            case HEAD_TOO_LARGE -> unknown(Reason.TOO_LARGE, OPEN + failure.getMessage(), failure);
            default -> unknown(Reason.CUT, OPEN + failure.getMessage(), failure);
        };
    }

    /** No byte of the call can have reached the gateway. */
    static ImageException unreached(Dialect dialect, HttpFailure failure) {
        return switch (failure.kind()) {
            case DISPOSED -> notSent(RejectedException.Reason.REQUEST, failure);
            case PROXY_CREDENTIALS -> notSent(RejectedException.Reason.CREDENTIALS, failure);
            case PROXY_REFUSAL -> notSent(RejectedException.Reason.FORBIDDEN, failure);
            default ->
                new UnavailableException(
                        dialect.name() + " cannot be reached: " + failure.getMessage(),
                        FailureDetails.NONE,
                        null,
                        failure);
        };
    }

    private static RejectedException notSent(RejectedException.Reason reason, HttpFailure failure) {
        return new RejectedException(reason, "not sent: " + failure.getMessage(), FailureDetails.NONE, failure);
    }

    /** Reading the answer ended with this: what the dialect says, what the bytes are, or a fault, by whom it is. */
    ImageException meaning(Throwable failure) {
        if (failure instanceof ImageException told) {
            return told;
        }
        if (failure instanceof WireException unreadable) {
            return unknown(reason(unreadable), UNREADABLE + failure.getMessage(), unreadable);
        }
        if (failure instanceof VirtualMachineError) {
            return unknown(
                    Reason.UNDECODABLE,
                    "answered, and reading it failed here ("
                            + failure.getClass().getSimpleName() + ")",
                    failure);
        }
        return senseless(failure);
    }

    /** The same at the end of the answer: what is not all there was cut, unless that end is proven. */
    ImageException meaning(Throwable failure, BodyEnd end) {
        return failure instanceof WireException.Truncated && !end.proven()
                ? unknown(Reason.CUT, OPEN + failure.getMessage(), failure)
                : meaning(failure);
    }

    /** The dialect stumbled over the answer: over what it says, if it says so, and otherwise by its own fault. */
    private ImageException senseless(Throwable failure) {
        var what = failure instanceof IllegalArgumentException
                ? "sent an answer that makes no sense: " + failure.getMessage()
                : "answered, and " + UserCode.threw("its dialect", failure);
        return unknown(Reason.UNDECODABLE, what, failure);
    }

    private static Reason reason(WireException failure) {
        return failure instanceof WireException.LimitExceeded ? Reason.TOO_LARGE : Reason.UNDECODABLE;
    }

    private OutcomeUnknownException unknown(Reason reason, String what, @Nullable Throwable cause) {
        return new OutcomeUnknownException(reason, dialect.name() + " " + what, head, partialResult.get(), cause);
    }
}
