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

/** One {@link QuotaQueue} per quota, in the memory of this application, whoever makes the law. Queues which nobody uses are forgotten when new quotas come. */
public final class InMemoryGate implements RateGate {

    private final Supplier<Scheduler> scheduler;
    private final LawMaker laws;
    final QuotaQueues lines = new QuotaQueues();
    private final Consumer<QuotaQueue> released = this::released;

    /**
     * A gate which no call has entered.
     *
     * @param scheduler tells time and wakes waiters
     * @param random from 0 to 1, for jitter
     */
    public InMemoryGate(Supplier<Scheduler> scheduler, DoubleSupplier random) {
        this((quota, queue) -> new Admission(random), scheduler);
    }

    private InMemoryGate(LawMaker laws, Supplier<Scheduler> scheduler) {
        this.scheduler = scheduler;
        this.laws = laws;
    }

    /**
     * A gate which no call has entered, and whose queues are let through by a law of somebody else's.
     *
     * @param scheduler tells time and wakes waiters
     * @param laws makes the law of a quota
     * @return the gate
     */
    public static InMemoryGate governedBy(Supplier<Scheduler> scheduler, LawMaker laws) {
        return new InMemoryGate(laws, scheduler);
    }

    @Override
    public Ticket enter(Quota quota, int cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("a request costs 1 or more");
        }
        return lines.enter(quota, cost, now(scheduler.get()), this::line);
    }

    private QuotaQueue line(Quota quota) {
        return new QuotaQueue(quota, scheduler.get(), laws, released);
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
