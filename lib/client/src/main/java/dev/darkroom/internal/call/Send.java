package dev.darkroom.internal.call;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.internal.call.Prepare.Prepared;
import dev.darkroom.internal.decode.ReadingDecoder;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.HttpCall;
import dev.darkroom.internal.http.HttpFailure;
import dev.darkroom.internal.http.Transport;
import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * The fourth step: sends a call once. A good answer goes to the decoder that is made for it, any other one is read as a
 * refusal, and what went wrong is translated here, where both can be asked what there was.
 */
final class Send {

    /** Statuses that may say that a quota is used up; of others only what their heads say. */
    private static final Set<Integer> MAYBE_REFUSED = Set.of(402, 429, 529);

    /** By which a hold outlasts the limit of a refusal's body, so that nobody slips through between the two. */
    private static final Duration HOLD = RefusalDecoder.LIMIT.plusMillis(250);

    private final Settings settings;
    private final Transport transport;
    private final FailureTranslator translator;
    private final Clock clock;

    Send(Settings settings, Transport transport, FailureTranslator translator, Clock clock) {
        this.settings = settings;
        this.transport = transport;
        this.translator = translator;
        this.clock = clock;
    }

    /**
     * One attempt, of which its permit hears.
     *
     * @param watch is given what says how long the server keeps us waiting
     * @param decoders makes the decoder of a good answer; on the event loop
     * @param rest what comes after a failure, instead of it
     * @return what it reads, or an {@link ImageException}
     */
    Flux<ImageEvent> attempt(
            Prepared prepared,
            KeyedPermit permit,
            Deadline deadline,
            Consumer<LongSupplier> watch,
            Function<Reply, BodyDecoder<ImageEvent>> decoders,
            Function<Throwable, Flux<ImageEvent>> rest) {
        var answer = new Answer<ImageEvent>(
                () -> permit.held(HOLD),
                reply -> {
                    permit.accepted(); // a good answer has begun; what it says may still be a refusal
                    return decoders.apply(reply);
                },
                translator::refused);
        return Flux.defer(() -> transport.exchange(
                        settings.access()
                                .call(prepared.call(), prepared.request().headers(), permit.key()),
                        deadline.within(settings.timeouts()),
                        deadline.toSend(),
                        watch,
                        answer::decoder))
                .onErrorResume(failure -> rest.apply(permit.ended(answer.told(failure), clock)));
    }

    /**
     * Asks for the rest of what was sent before. No permit, and nothing is tried again.
     *
     * @param refusals what an answer without success means
     */
    Flux<ImageEvent> ask(
            HttpCall call,
            Timeouts timeouts,
            Consumer<LongSupplier> watch,
            Function<Reply, BodyDecoder<ImageEvent>> decoders,
            BiFunction<Reply, byte[], ImageException> refusals) {
        var answer = new Answer<ImageEvent>(() -> {}, decoders, refusals);
        return transport.exchange(call, timeouts, null, watch, answer::decoder).onErrorMap(answer::told);
    }

    /** A call that costs nothing: no permit, no deadline. */
    <T> Flux<T> free(HttpCall call, Function<Reply, BodyDecoder<T>> decoders) {
        var answer = new Answer<T>(() -> {}, decoders, translator::refused);
        return transport.exchange(call, settings.timeouts(), answer::decoder).onErrorMap(answer::told);
    }

    /** What became of one exchange. The event loop reads its head; whoever ends the exchange asks what there was. */
    private final class Answer<T> {

        private final Runnable held;
        private final Function<Reply, BodyDecoder<T>> decoders;
        private final BiFunction<Reply, byte[], ImageException> refusals;
        private volatile @Nullable Reply head;
        private volatile @Nullable BodyDecoder<T> decoder;

        Answer(
                Runnable held,
                Function<Reply, BodyDecoder<T>> decoders,
                BiFunction<Reply, byte[], ImageException> refusals) {
            this.held = held;
            this.decoders = decoders;
            this.refusals = refusals;
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
                throw new BodyDecoder.Failure(BodyDecoder.Failure.Kind.THROWN, e, PartialResult.NOTHING);
            }
        }

        private BodyDecoder<T> refusal(Reply reply) {
            var hurried = MAYBE_REFUSED.contains(reply.status())
                    || refusals.apply(reply, RefusalDecoder.NOTHING) instanceof RateLimitedException;
            if (hurried) {
                held.run();
            }
            return new RefusalDecoder<>(body -> refusals.apply(reply, body), hurried);
        }

        Throwable told(Throwable failure) {
            var read = decoder;
            if (failure instanceof HttpFailure && read instanceof RefusalDecoder<T> refusal) {
                return refusal.failure(); // it had begun to refuse; the rest of its words does not matter
            }
            var reading = read instanceof ReadingDecoder some ? some : null;
            return translator.of(
                    failure, said(reading), () -> reading == null ? PartialResult.NOTHING : reading.arrived());
        }

        /** The gateway's handle stands in the head as a rule, and by it may be asked what became of a call that was cut. */
        private FailureDetails said(@Nullable ReadingDecoder reading) {
            var reply = head;
            var details = reading == null ? FailureDetails.NONE : reading.said();
            return reply == null ? details : details.withStatus(reply.status());
        }
    }
}
