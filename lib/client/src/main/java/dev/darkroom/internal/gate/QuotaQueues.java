package dev.darkroom.internal.gate;

import dev.darkroom.gate.Quota;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all quotas, and which of them may be forgotten. Keys rotate and models come by the hundred, so that a line must
 * cost nothing but its memory: whoever enters looks at those that are due, and at no other. A line with tickets is never
 * forgotten; one without is idle, or closed until an instant, and then idle.
 *
 * <p>Guarded by its own lock, which is taken before a line's. Seconds on the clock it is given.
 */
final class QuotaQueues {

    /** After which what was learned of a quota is of little use. Seconds. */
    static final double IDLE = 600;

    /** From how many quotas on an idle one is forgotten at once. */
    static final int MANY = 1000;

    /** So many are kept, though nobody uses them: beyond, those are forgotten whose closing ends first. */
    static final int MOST = 100_000;

    private static final Comparator<Unused> SOONEST =
            Comparator.comparingDouble(Unused::opens).thenComparingLong(Unused::order);

    /** A line without tickets. */
    record Unused(Quota quota, double since, double opens, long order) {}

    private final Map<Quota, QuotaQueue> lines = new HashMap<>();
    private final Map<Quota, Unused> unused = new HashMap<>();
    private final LinkedHashSet<Unused> idle = new LinkedHashSet<>();
    private final TreeSet<Unused> closed = new TreeSet<>(SOONEST);
    private long order;
    private long examined;

    /** Enters the line of a quota, a new one if there is none. */
    synchronized QueueTicket enter(Quota quota, int cost, double now, Function<Quota, QuotaQueue> maker) {
        var line = lines.get(quota);
        if (line == null) {
            forget(now);
            line = maker.apply(quota);
            lines.put(quota, line);
        } else {
            used(unused.remove(quota));
        }
        return new QueueTicket(line, line.enter(cost));
    }

    /** The last ticket of a line was closed; perhaps another was taken meanwhile. */
    synchronized void released(QuotaQueue line, double now) {
        if (lines.get(line.quota()) == line && !line.isUsed() && !unused.containsKey(line.quota())) {
            var one = new Unused(line.quota(), now, now + line.closedFor(), order++);
            unused.put(line.quota(), one);
            (one.opens() > now ? closed : idle).add(one);
        }
    }

    private void used(@Nullable Unused one) {
        if (one != null) {
            idle.remove(one);
            closed.remove(one);
        }
    }

    private void forget(double now) {
        while (!closed.isEmpty() && closed.first().opens() <= now) {
            examined++;
            var open = closed.pollFirst();
            var since = new Unused(open.quota(), open.opens(), open.opens(), open.order());
            unused.put(open.quota(), since);
            idle.add(since);
        }
        while (!idle.isEmpty()
                && (lines.size() >= MANY || now - idle.iterator().next().since() >= IDLE)) {
            forget(idle.iterator().next());
        }
        while (lines.size() >= MOST && !closed.isEmpty()) {
            forget(closed.first());
        }
    }

    private void forget(Unused one) {
        examined++;
        used(unused.remove(one.quota()));
        var line = lines.remove(one.quota());
        if (line != null) {
            line.forgotten();
        }
    }

    synchronized List<QuotaQueue> all() {
        return new ArrayList<>(lines.values());
    }

    /** How many lines were looked at to forget them. */
    synchronized long examined() {
        return examined;
    }
}
