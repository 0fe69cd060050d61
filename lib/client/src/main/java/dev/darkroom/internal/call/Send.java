package dev.darkroom.internal.call;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.HttpCall;
import dev.darkroom.internal.http.HttpFailure;
import dev.darkroom.internal.http.Transport;
import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Sends a call once. A good answer goes to the decoder that is made for it, any other one is read as a refusal, and what went
 * wrong is translated here, where both can be asked what there was.
 */
final class Send {

    /** Statuses that may say that a quota is used up; of others only what their heads say. */
    private static final Set<Integer> MAYBE_REFUSED = Set.of(402, 429, 529);

    private final Transport transport;
    private final FailureTranslator translator;
    private final Clock clock;

    Send(Transport transport, FailureTranslator translator, Clock clock) {
        this.transport = transport;
        this.translator = translator;
        this.clock = clock;
    }

    /**
     * Makes the call with each subscription.
     *
     * @param toSend after which nothing is sent any more; null if it is never too late
     * @param held run when the head of an answer was read that may be a refusal; on the event loop
     * @param decoders makes the decoder of a good answer; on the event loop
     * @return what it reads, or an {@link ImageException}
     */
    <T> Flux<T> once(
            HttpCall call,
            Timeouts timeouts,
            @Nullable Duration toSend,
            Runnable held,
            Function<Reply, BodyDecoder<T>> decoders) {
        return Flux.defer(() -> {
            var answer = new Answer<>(held, decoders);
            return transport.exchange(call, timeouts, toSend, answer::decoder).onErrorMap(answer::told);
        });
    }

    /** What became of one exchange. The event loop reads its head; whoever ends the exchange asks what there was. */
    private final class Answer<T> {

        private final Runnable held;
        private final Function<Reply, BodyDecoder<T>> decoders;
        private volatile @Nullable Reply head;
        private volatile @Nullable BodyDecoder<T> decoder;

        Answer(Runnable held, Function<Reply, BodyDecoder<T>> decoders) {
            this.held = held;
            this.decoders = decoders;
        }

        BodyDecoder<T> decoder(Reply reply) {
            clock.received(reply);
            head = reply;
            var made = reply.status() / 100 == 2 ? good(reply) : refusal(reply);
            decoder = made;
            return made;
        }

        private BodyDecoder<T> good(Reply reply) {
            try {
                return decoders.apply(reply);
            } catch (Throwable e) { // the dialect's, which may be anybody's
                throw new BodyDecoder.Failure(e, PartialResult.NOTHING, false);
            }
        }

        private BodyDecoder<T> refusal(Reply reply) {
            var hurried = MAYBE_REFUSED.contains(reply.status())
                    || translator.refused(reply, RefusalDecoder.NOTHING) instanceof RateLimitedException;
            if (hurried) {
                held.run();
            }
            return new RefusalDecoder<>(body -> translator.refused(reply, body), hurried);
        }

        Throwable told(Throwable failure) {
            var read = decoder;
            if (failure instanceof HttpFailure && read instanceof RefusalDecoder<T> refusal) {
                return refusal.failure(); // it had begun to refuse; the rest of its words does not matter
            }
            return translator.of(
                    failure,
                    head,
                    () -> read instanceof ReadingDecoder reading ? reading.arrived() : PartialResult.NOTHING);
        }
    }
}
