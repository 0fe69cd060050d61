package dev.darkroom.internal.gate;

import dev.darkroom.gate.Permit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells a {@link QuotaQueue} what became of an attempt. */
record OpenPermit(QuotaQueue queue, TicketState ticket, PermitState state) implements Permit {

    @Override
    public void accepted() {
        queue.accept(state);
    }

    @Override
    public void held(Duration atMost) {
        queue.hold(state, atMost);
    }

    @Override
    public void refused(@Nullable Instant until) {
        queue.refuse(ticket, state, until);
    }

    @Override
    public void answeredOtherwise() {
        queue.end(ticket, state, Law::answered);
    }

    @Override
    public void abandoned() {
        queue.end(ticket, state, Law::abandoned);
    }
}
