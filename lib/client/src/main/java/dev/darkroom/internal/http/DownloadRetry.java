package dev.darkroom.internal.http;

import dev.darkroom.image.DownloadFailedException;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Whether and when one download is tried again: what may pass, twice, after a moment, and never earlier than the server
 * said. What does not fit into the time there is fails at once. Belongs to one subscription.
 */
final class DownloadRetry {

    private static final int MOST_RETRIES = 2;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final DownloadDeadline time;
    private final UnaryOperator<Flux<Long>> alive;
    private int retries;

    /**
     * For one download.
     *
     * @param alive ends a wait which has nobody to wait for any more
     */
    DownloadRetry(DownloadDeadline time, UnaryOperator<Flux<Long>> alive) {
        this.time = time;
        this.alive = alive;
    }

    Retry asRetry() {
        return Retry.from(signals -> signals.map(Retry.RetrySignal::failure).concatMap(this::next, 1));
    }

    private Publisher<?> next(Throwable failure) {
        if (!mayPass(failure) || ++retries > MOST_RETRIES) {
            return Flux.error(failure);
        }
        var pause = time.pause(BETWEEN_TRIES);
        return time.isLeft(pause) ? alive.apply(Mono.delay(pause).flux()) : Flux.error(failure);
    }

    private static boolean mayPass(Throwable failure) {
        if (!(failure instanceof DownloadFailedException failed)) {
            return false;
        }
        if (failed.getCause() instanceof HttpFailure cause && cause.kind() == HttpFailure.Kind.DISPOSED) {
            return false;
        }
        var status = failed.status();
        return switch (failed.reason()) {
            case UNREACHABLE, CUT -> true;
            case REFUSED -> status != null && (status >= 500 || PASSING.contains(status));
            default -> false;
        };
    }
}
