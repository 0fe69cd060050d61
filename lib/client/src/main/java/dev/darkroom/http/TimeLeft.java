package dev.darkroom.http;

import dev.darkroom.image.DownloadFailedException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;

/** How long one download may still take, redirects and further tries included. Begins to run when it is made. */
final class TimeLeft {

    /** A server of files answers at once, or it is broken. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Duration limit;
    private final long since = now();

    TimeLeft(Duration limit) {
        this.limit = limit;
    }

    boolean isLeft(Duration atLeast) {
        return left().compareTo(atLeast) > 0;
    }

    /** The limits on the next exchange. Connecting has a limit of its own, which the transport knows. */
    Timeouts timeouts(URI url) {
        if (!isLeft(Duration.ZERO)) {
            throw new DownloadFailedException(
                    DownloadFailedException.Reason.TIMED_OUT,
                    "the image at " + url.getHost() + " was not fetched in the time there was",
                    null,
                    null);
        }
        return new Timeouts(SILENCE, SILENCE, SILENCE, left());
    }

    private Duration left() {
        return limit.minusNanos(now() - since);
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }
}
