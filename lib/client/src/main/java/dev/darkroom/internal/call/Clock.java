package dev.darkroom.internal.call;

import dev.darkroom.dialect.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The time of one subscription. Waits and deadlines go by the scheduler's monotonic clock, which nobody sets; instants are
 * for people and from servers. The hard case is a server's instant: it was reckoned from the wall clock when the head of the
 * answer came, so it is held against that moment on both clocks, whatever hangs on the wall meanwhile.
 */
final class Clock {

    /** So long that it is never, and short enough to be counted in nanoseconds. */
    static final Duration NEVER = Duration.ofDays(36_500);

    /** One moment on both clocks. */
    private record Moment(Instant wall, long nanos) {}

    private final Scheduler scheduler;
    private volatile @Nullable Moment received;

    Clock() {
        this(Schedulers.parallel());
    }

    Clock(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    long nanos() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    Duration since(long nanos) {
        return Duration.ofNanos(nanos() - nanos);
    }

    /** The head of an answer has just come; what it says of instants will be held against this moment. */
    void received(Reply head) {
        received = new Moment(head.receivedAt(), nanos());
    }

    /** How long until an instant which the last answer named; negative if it is past. */
    Duration until(Instant instant) {
        var moment = received;
        var wait = moment == null
                ? Duration.between(wall(), instant)
                : Duration.between(moment.wall(), instant).minus(since(moment.nanos()));
        return wait.compareTo(NEVER) < 0 ? wait : NEVER;
    }

    /** What the wall clock would show after a while, if nobody sets it. */
    Instant in(Duration wait) {
        return wall().plus(wait);
    }

    private Instant wall() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }
}
