package dev.darkroom.redis;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** Another scheduler whose clocks go ahead. */
record WrongClock(Scheduler scheduler, Duration ahead) implements Scheduler {

    @Override
    public long now(TimeUnit unit) {
        return scheduler.now(unit) + unit.convert(ahead);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return scheduler.schedule(task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return scheduler.schedule(task, delay, unit);
    }

    @Override
    public Worker createWorker() {
        return scheduler.createWorker();
    }
}
