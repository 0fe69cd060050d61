package dev.darkroom.gate;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A request waits for its turn because the gateway refused it, or another one on the same quota, or because after such a
 * refusal requests leave at a pace.
 *
 * @param quota what is exhausted
 * @param until when this request may be tried at the earliest, not earlier than the gateway said
 * @param attempt how many times this request was refused; 0 if it waits because another was
 */
public record Throttled(Quota quota, Instant until, int attempt) {

    private static final Object LISTENER = new Object() {
        @Override
        public String toString() {
            return "darkroom.throttled";
        }
    };

    /**
     * Lets one subscription hear of its own waits, however many share its client:
     * {@code images.generate(request).contextWrite(Throttled.listener(this::show))}. It hears what
     * {@link dev.darkroom.settings.RateLimits#onThrottled(Consumer) the client's listeners} hear, after them, of what is
     * above it in the stream and of nothing else.
     *
     * @param listener called on an event loop or timer thread, which other requests share: one that blocks holds them all up.
     *     Listeners of one subscription add up, the one farthest down the stream first. One that throws fails its request with a
     *     {@link dev.darkroom.image.RejectedException} that says so, its cause what was thrown; others are not hurt
     * @return what {@code contextWrite} takes
     */
    public static Function<Context, Context> listener(Consumer<? super Throttled> listener) {
        Objects.requireNonNull(listener, "listener");
        return context -> context.put(LISTENER, listenerIn(context).andThen(listener));
    }

    /**
     * Who asked, by {@link #listener}, to hear of the waits of one subscription; for generators that wait themselves.
     *
     * @param context of the subscription, from {@code Flux.deferContextual}
     * @return all its listeners as one; one that does nothing if there are none
     */
    public static Consumer<Throttled> listenerIn(ContextView context) {
        return context.hasKey(LISTENER) ? context.get(LISTENER) : throttled -> {};
    }
}
