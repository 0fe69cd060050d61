package dev.darkroom.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Ctrl-C (or a termination signal) as a publisher, so that it cancels like everything else does.
 *
 * <p>The JVM answers the signal by running its shutdown hooks and halting. The hook says so here and then waits, for a
 * moment at most, until the command has tidied up: cancelled its request and given the terminal back its cursor.
 */
final class InterruptSignal implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Sinks.Empty<Void> signal = Sinks.empty();
    private volatile Duration patience = TIMEOUT;
    private final CountDownLatch tidy = new CountDownLatch(1);

    static InterruptSignal ofThisProcess() {
        var interruptSignal = new InterruptSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(interruptSignal::interruptAndWait, "darkroom-interruption"));
        return interruptSignal;
    }

    /** Completes when the user wants to stop; never before. */
    Mono<Void> signal() {
        return signal.asMono();
    }

    /** Tidying up may take so long: something in flight is waited for. */
    void waitFor(Duration inFlight) {
        patience = inFlight;
    }

    void interrupt() {
        signal.tryEmitEmpty();
    }

    private void interruptAndWait() {
        interrupt();
        try {
            tidy.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All is tidy; the process may end. */
    @Override
    public void close() {
        tidy.countDown();
    }
}
