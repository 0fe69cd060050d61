package dev.darkroom.internal.gate;

import dev.darkroom.gate.Permit;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A turn of a {@link QuotaQueue}. */
final class OpenPermit implements Permit {

    final QueueTicket ticket;
    final SentCall call;
    private final QuotaQueue line;
    private boolean accepted;
    private boolean holding;
    private boolean over;

    OpenPermit(QuotaQueue line, QueueTicket ticket, SentCall call) {
        this.line = line;
        this.ticket = ticket;
        this.call = call;
    }

    /** True the first time, if nothing was said before; guarded by the line's lock. */
    boolean accept() {
        var first = !accepted && !over;
        accepted = true;
        return first;
    }

    /** True the first time, if it is not over; guarded by the line's lock. */
    boolean hold() {
        var first = !holding && !over;
        holding = first || holding;
        return first;
    }

    /** True if it held until now; guarded by the line's lock. */
    boolean release() {
        var held = holding;
        holding = false;
        return held;
    }

    /** True the first time; guarded by the line's lock. */
    boolean end() {
        var first = !over;
        over = true;
        return first;
    }

    @Override
    public void accepted() {
        line.accept(this);
    }

    @Override
    public void held(Duration atMost) {
        line.hold(this, atMost);
    }

    @Override
    public void refused(@Nullable Instant until) {
        line.refuse(this, until);
    }

    @Override
    public void answeredOtherwise() {
        line.end(this, Admission::answered);
    }

    @Override
    public void abandoned() {
        line.end(this, Admission::abandoned);
    }
}
