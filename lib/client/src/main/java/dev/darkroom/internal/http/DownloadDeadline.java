package dev.darkroom.internal.http;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.settings.Downloads;
import dev.darkroom.settings.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;

/** How long one download may still take, redirects and further tries included. Begins to run when it is made. */
final class DownloadDeadline {

    /** A server of files answers at once, or it is broken. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Timeouts LIMITS =
            Timeouts.defaults().connect(SILENCE).firstByte(SILENCE).silence(SILENCE);

    /** Short enough to be counted in nanoseconds. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final Duration limit;
    private final long since = now();
    /** Nothing before it, because a server said so. */
    private volatile long notBefore = since;

    DownloadDeadline(Duration limit) {
        this.limit = limit;
    }

    /** A server wants to be left alone for so long. */
    void leftAlone(Duration wait) {
        notBefore = now() + (wait.compareTo(NEVER) < 0 ? wait : NEVER).toNanos();
    }

    /** How long to wait for the next try: not less than asked for, and never less than a server said. */
    Duration pause(Duration least) {
        var told = Duration.ofNanos(notBefore - now());
        return told.compareTo(least) < 0 ? least : told;
    }

    boolean isLeft(Duration atLeast) {
        return left().compareTo(atLeast) > 0;
    }

    /** The limits on the next exchange. Connecting has a limit of its own, which the transport knows. */
    Timeouts timeouts(URI url) {
        var left = left();
        if (left.isZero() || left.isNegative()) {
            throw new DownloadFailedException(
                    DownloadFailedException.Reason.TIMED_OUT,
                    "the image at " + url.getHost() + " was not fetched in the time there was; " + Downloads.TIMEOUT
                            + " or the deadline of its request gives it more",
                    null,
                    null);
        }
        return LIMITS.total(left);
    }

    private Duration left() {
        return limit.minusNanos(now() - since);
    }

    private static long now() {
        return Schedulers.parallel().now(TimeUnit.NANOSECONDS);
    }
}
