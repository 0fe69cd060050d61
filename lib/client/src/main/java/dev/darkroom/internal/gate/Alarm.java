package dev.darkroom.internal.gate;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** One timer, set to the earliest moment it was asked for. Guarded by the line's lock. Seconds. */
final class Alarm {

    /** Not worth a new timer. */
    private static final double SAME_MOMENT = 1e-6;

    /** Thirty years: so that no clock overflows. */
    private static final double FAR = 1e9;

    private final Scheduler scheduler;
    private final Runnable action;
    private @Nullable Disposable timer;
    private double rings = Double.POSITIVE_INFINITY;

    Alarm(Scheduler scheduler, Runnable action) {
        this.scheduler = scheduler;
        this.action = action;
    }

    void ringIn(double now, double wait) {
        if (now + wait < rings - SAME_MOMENT) {
            rings = now + wait;
            if (timer != null) {
                timer.dispose();
            }
            timer = after(scheduler, wait, action);
        }
    }

    /** To be called by the action: it may be set anew. */
    void rang() {
        rings = Double.POSITIVE_INFINITY;
    }

    static Disposable after(Scheduler scheduler, double seconds, Runnable task) {
        return scheduler.schedule(
                task, (long) Math.ceil(Math.max(0, Math.min(FAR, seconds)) * 1e9), TimeUnit.NANOSECONDS);
    }
}
