package dev.darkroom.gate;

import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Lets one subscription do something before it is paid for: write down that its request is about to leave, so that not even a crash
 * makes anybody send it twice.
 *
 * <pre>{@code
 * images.generate(request).contextWrite(BeforeSend.step(journal.sent(id)))
 * }</pre>
 *
 * <p>A request that waits for its turn has not been sent, and a step is not asked before the wait is over. Between its end and the
 * first byte lies at most the making of a connection.
 */
public final class BeforeSend {

    private static final Object STEP = new Object() {
        @Override
        public String toString() {
            return "darkroom.before-send";
        }
    };

    private BeforeSend() {}

    /**
     * A step of one subscription, however many share its client.
     *
     * @param step subscribed to before each attempt, when its turn has come and nothing of it has left: nothing leaves before it
     *     completes, and a request that was refused and waited does it again before it is sent again. Subscribed to on
     *     {@code boundedElastic}, so that it may block, though others of the quota may have to wait as long. One that fails, or does
     *     not end within a minute or the request's deadline, fails its request, of which nothing was sent, with a
     *     {@link dev.darkroom.image.RejectedException} whose cause is that failure; an {@link dev.darkroom.image.ImageException}
     *     is told, and tried again where that may be, as it is. It is cancelled with its request. Steps of one subscription are done
     *     one after the other, the one farthest down the stream first
     * @return what {@code contextWrite} takes
     */
    public static Function<Context, Context> step(Mono<Void> step) {
        Objects.requireNonNull(step, "step");
        return context -> context.put(STEP, stepIn(context).then(step));
    }

    /**
     * What is to be done, by {@link #step}, before anything of one subscription is sent; for generators that send themselves.
     *
     * @param context of the subscription, from {@code Flux.deferContextual}
     * @return all its steps as one; {@link Mono#empty()} if there are none
     */
    public static Mono<Void> stepIn(ContextView context) {
        return context.hasKey(STEP) ? context.get(STEP) : Mono.empty();
    }
}
