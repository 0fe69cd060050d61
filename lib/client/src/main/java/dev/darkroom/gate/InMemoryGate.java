package dev.darkroom.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/** One {@link Line} per quota. Lines of idle quotas are forgotten when new quotas come, so there are never many. */
final class InMemoryGate implements RateGate {

    /** After which what was learned of a quota is of little use. Seconds. */
    private static final double IDLE = 600;

    /** From how many quotas on an idle one is forgotten at once. */
    private static final int MANY = 1000;

    private final Supplier<Scheduler> scheduler;
    private final DoubleSupplier random;
    private final Map<Quota, Line> lines = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A gate which no call has entered.
     *
     * @param scheduler asked when a quota is first used; tells time and wakes waiters
     * @param random from 0 to 1, for jitter
     */
    InMemoryGate(Supplier<Scheduler> scheduler, DoubleSupplier random) {
        this.scheduler = scheduler;
        this.random = random;
    }

    @Override
    public Ticket enter(Quota quota, int cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("a request costs 1 or more");
        }
        synchronized (lines) {
            var line = lines.get(quota);
            if (line == null) {
                forgetIdle();
                line = new Line(quota, scheduler.get(), random);
                lines.put(quota, line);
            }
            return line.enter(cost);
        }
    }

    private void forgetIdle() {
        lines.values().removeIf(line -> line.isIdle(IDLE));
        var oldest = lines.values().iterator();
        while (lines.size() >= MANY && oldest.hasNext()) {
            if (oldest.next().isIdle(0)) {
                oldest.remove();
            }
        }
    }

    @Override
    public List<GateState> states() {
        List<Line> known;
        synchronized (lines) {
            known = new ArrayList<>(lines.values());
        }
        return known.stream().map(Line::state).toList();
    }
}
