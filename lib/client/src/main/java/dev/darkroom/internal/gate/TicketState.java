package dev.darkroom.internal.gate;

import org.jspecify.annotations.Nullable;

/** A place in a {@link QuotaQueue}: what the queue knows of one ticket. All but the constants is guarded by the queue's lock. */
final class TicketState {

    final long age;
    final int cost;

    int refusals;

    /** When it may be sent again which was refused by chance, by the queue's clock. */
    double restsUntil = Double.NEGATIVE_INFINITY;

    boolean closed;

    /** Of the attempt that is under way. */
    @Nullable
    PermitState permit;

    TicketState(long age, int cost) {
        this.age = age;
        this.cost = cost;
    }
}
