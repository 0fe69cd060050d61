package dev.darkroom.testsupport;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/**
 * What a test in real time hands to a {@code StepVerifier}: the same signals on the same threads, and a thread that subscribes
 * sleeps until the end.
 *
 * <p>A {@code StepVerifier} waits by asking every ten nanoseconds whether it is done (reactor-core issue 4054), so that each
 * second of waiting costs a second of CPU, taken from what the test waits for. Its script must not have a step of its own thread
 * ({@code then}, {@code thenAwait}, {@code thenRequest}, {@code expectNoEvent}): nobody would take it before the end.
 */
public final class Settled {

    private static final Duration LONGEST = Duration.ofMinutes(3);

    private Settled() {}

    /** The source, whose subscribing returns when it has completed, failed or was cancelled, and after three minutes in any case. */
    public static <T> Flux<T> settled(Publisher<T> source) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                var settled = new CountDownLatch(1);
                Flux.from(source).doFinally(end -> settled.countDown()).subscribe(actual);
                await(settled);
            }
        };
    }

    private static void await(CountDownLatch settled) {
        try {
            if (!settled.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("no end within " + LONGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Exceptions.propagate(e);
        }
    }
}
