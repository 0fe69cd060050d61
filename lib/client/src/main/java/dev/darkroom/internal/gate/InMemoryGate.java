package dev.darkroom.internal.gate;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/** One {@link QuotaQueue} per quota. QuotaQueues which nobody uses are forgotten when new quotas come. */
public final class InMemoryGate implements RateGate {

    private final Supplier<Scheduler> scheduler;
    private final DoubleSupplier random;
    final QuotaQueues lines = new QuotaQueues();
    private final Consumer<QuotaQueue> released = this::released;

    /**
     * A gate which no call has entered.
     *
     * @param scheduler tells time and wakes waiters
     * @param random from 0 to 1, for jitter
     */
    public InMemoryGate(Supplier<Scheduler> scheduler, DoubleSupplier random) {
        this.scheduler = scheduler;
        this.random = random;
    }

    @Override
    public Ticket enter(Quota quota, int cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("a request costs 1 or more");
        }
        return lines.enter(quota, cost, now(scheduler.get()), this::line);
    }

    private QuotaQueue line(Quota quota) {
        return new QuotaQueue(quota, scheduler.get(), random, released);
    }

    private void released(QuotaQueue line) {
        lines.released(line, now(scheduler.get()));
    }

    private static double now(Scheduler timer) {
        return timer.now(TimeUnit.NANOSECONDS) / 1e9;
    }

    @Override
    public List<GateState> states() {
        return lines.all().stream().map(QuotaQueue::state).toList();
    }
}
