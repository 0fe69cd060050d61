package dev.darkroom.benchmarks.child;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** How late a task of an event loop runs which wants to run every few milliseconds. */
final class Lag {

    private static final int PERIOD_MILLIS = 5;

    private final EventLoop loop;
    private final Runnable alsoLook;
    private volatile boolean stopped;
    private volatile long worst;

    /** @param alsoLook runs at each look */
    Lag(EventLoop loop, Runnable alsoLook) {
        this.loop = loop;
        this.alsoLook = alsoLook;
    }

    void start() {
        var due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
        loop.schedule(() -> look(due), PERIOD_MILLIS, TimeUnit.MILLISECONDS).addListener(done -> {});
    }

    private void look(long due) {
        worst = Math.max(worst, System.nanoTime() - due);
        alsoLook.run();
        if (!stopped) {
            start();
        }
    }

    void stop() {
        stopped = true;
    }

    double worstMillis() {
        return worst / 1e6;
    }
}
