package dev.darkroom.gate;

import java.time.Instant;

/** A request was not sent, because the gate does not open for it in time. Nothing was made. */
public final class GateClosedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Instant opensAt;

    /**
     * A request that would come too late.
     *
     * @param quota which is used up
     * @param opensAt the earliest instant at which the gate may open
     */
    public GateClosedException(Quota quota, Instant opensAt) {
        super("the quota of " + quota + " does not allow this request in time", null, false, false);
        this.opensAt = opensAt;
    }

    /**
     * When to come back.
     *
     * @return the earliest instant at which the gate may open; not earlier than the server said
     */
    public Instant opensAt() {
        return opensAt;
    }
}
