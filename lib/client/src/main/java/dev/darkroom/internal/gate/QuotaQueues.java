package dev.darkroom.internal.gate;

import dev.darkroom.gate.Quota;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

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

    private static final Comparator<Place> SOONEST =
            Comparator.<Place>comparingDouble(place -> place.since).thenComparingLong(place -> place.order);

    /** Where a line stands; what it says of one without tickets changes only while it is neither idle nor closed. */
    private static final class Place {

        private final QuotaQueue line;
        private boolean used = true;
        /** Since when it is idle; while it is closed, when it opens. */
        private double since;

        private long order;

        Place(QuotaQueue line) {
            this.line = line;
        }
    }

    private final Map<Quota, Place> places = new HashMap<>();
    private final LinkedHashSet<Place> idle = new LinkedHashSet<>();
    private final TreeSet<Place> closed = new TreeSet<>(SOONEST);
    private long order;
    private long examined;

    /** Enters the line of a quota, a new one if there is none. */
    synchronized QueueTicket enter(Quota quota, int cost, double now, Function<Quota, QuotaQueue> maker) {
        var place = places.get(quota);
        if (place == null) {
            forget(now);
            place = new Place(maker.apply(quota));
            places.put(quota, place);
        } else {
            use(place);
        }
        return new QueueTicket(place.line, place.line.enter(cost));
    }

    /** The last ticket of a line was closed; perhaps another was taken meanwhile. */
    synchronized void released(QuotaQueue line, double now) {
        var place = places.get(line.quota());
        if (place != null && place.line == line && place.used && !line.isUsed()) {
            place.used = false;
            place.since = now + Math.max(0, line.closedFor());
            place.order = order++;
            (place.since > now ? closed : idle).add(place);
        }
    }

    private void use(Place place) {
        if (!place.used) {
            idle.remove(place);
            closed.remove(place);
            place.used = true;
        }
    }

    private void forget(double now) {
        while (!closed.isEmpty() && closed.first().since <= now) {
            examined++;
            idle.add(closed.pollFirst());
        }
        while (!idle.isEmpty()
                && (places.size() >= MANY || now - idle.iterator().next().since >= IDLE)) {
            forget(idle.iterator().next());
        }
        while (places.size() >= MOST && !closed.isEmpty()) {
            forget(closed.first());
        }
    }

    private void forget(Place place) {
        examined++;
        use(place);
        places.remove(place.line.quota());
        place.line.forgotten();
    }

    synchronized List<QuotaQueue> all() {
        return places.values().stream().map(place -> place.line).toList();
    }

    /** How many lines were looked at to forget them. */
    synchronized long examined() {
        return examined;
    }
}
