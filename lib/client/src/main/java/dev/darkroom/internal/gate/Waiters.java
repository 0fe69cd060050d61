package dev.darkroom.internal.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits at a {@link QuotaQueue}, oldest first. Who was refused by chance rests until its own instant, and whoever is younger
 * goes before it meanwhile. Each step costs no more than the logarithm of how many wait; most lines of a gate with very many
 * have nobody, and no collection. Guarded by the line's lock; seconds.
 */
final class Waiters {

    private static final Comparator<TicketState> EARLIEST =
            Comparator.<TicketState>comparingDouble(one -> one.restsUntil).thenComparingLong(one -> one.age);

    private NavigableMap<Long, Waiter> ready = Collections.emptyNavigableMap();
    private NavigableMap<TicketState, Waiter> resting = Collections.emptyNavigableMap();
    private long units;

    void add(Waiter one, double now) {
        if (one.ticket.restsUntil <= now) {
            ready(one);
            return;
        }
        if (resting.isEmpty()) {
            resting = new TreeMap<>(EARLIEST);
        }
        resting.put(one.ticket, one);
    }

    private void ready(Waiter one) {
        if (ready.isEmpty()) {
            ready = new TreeMap<>();
        }
        ready.put(one.ticket.age, one);
        units += one.ticket.cost;
    }

    void remove(Waiter one) {
        if (ready.get(one.ticket.age) == one) {
            ready.remove(one.ticket.age);
            ready = ready.isEmpty() ? Collections.emptyNavigableMap() : ready;
            units -= one.ticket.cost;
        } else if (!resting.isEmpty()) {
            resting.remove(one.ticket);
        }
    }

    /** Who waits with a ticket, if anybody does. */
    @Nullable
    Waiter of(TicketState ticket) {
        var one = ready.get(ticket.age);
        return one != null || resting.isEmpty() ? one : resting.get(ticket);
    }

    /** The oldest that may go if the gate allows it. */
    @Nullable
    Waiter head(double now) {
        while (nextRested(now) <= 0) {
            ready(resting.pollFirstEntry().getValue());
        }
        return ready.isEmpty() ? null : ready.firstEntry().getValue();
    }

    /** Seconds until somebody has rested; infinite if nobody rests. */
    double nextRested(double now) {
        return resting.isEmpty() ? Double.POSITIVE_INFINITY : resting.firstKey().restsUntil - now;
    }

    /** What is spent until this one is sent, itself included. */
    long unitsUntil(Waiter one) {
        if (ready.isEmpty() || ready.lastKey() <= one.ticket.age) {
            return units;
        }
        return ready.headMap(one.ticket.age, true).values().stream()
                .mapToLong(older -> older.ticket.cost)
                .sum();
    }

    /** Everybody, those who may go oldest first. */
    List<Waiter> all() {
        var all = new ArrayList<>(ready.values());
        all.addAll(resting.values());
        return all;
    }

    int size() {
        return ready.size() + resting.size();
    }
}
