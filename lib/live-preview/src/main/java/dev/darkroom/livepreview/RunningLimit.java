package dev.darkroom.livepreview;

import java.util.concurrent.atomic.AtomicInteger;

/** How many generations of all previews are under way. */
final class RunningLimit {

    private final int most;
    private final AtomicInteger running = new AtomicInteger();

    RunningLimit(int most) {
        this.most = most;
    }

    boolean tryEnter() {
        return running.getAndUpdate(now -> now < most ? now + 1 : now) < most;
    }

    void leave() {
        running.decrementAndGet();
    }
}
