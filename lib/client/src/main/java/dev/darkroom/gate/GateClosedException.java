package dev.darkroom.gate;

import java.time.Instant;

/** A request was not sent, because the gate does not open for it in time. Nothing was made. */
public final class GateClosedException extends RuntimeException {

    private static final long serialVersionUID = 2L;

    /** What kept it from being sent. */
    public enum Reason {
        /** A request of the quota was refused, and the gate is closed until the instant which the server named. */
        CLOSED("is closed after a refusal"),
        /** An answer which looks like a refusal is being read; nobody is sent meanwhile. */
        HELD("is held while an answer is read which may be a refusal"),
        /** After a refusal requests leave one by one, at the pace the server takes, and this one's turn would come too late. */
        PACED("is paced after a refusal, and others come first"),
        /** Nobody was refused. Others came first, of whom it is not known yet whether the server takes them. */
        IN_LINE("lets others go first, of whom none was refused");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private final Reason reason;
    private final Instant opensAt;

    /**
     * A request that would come too late, because the gate is closed after a refusal.
     *
     * @param quota which is used up
     * @param opensAt the earliest instant at which the gate may open
     */
    public GateClosedException(Quota quota, Instant opensAt) {
        this(quota, Reason.CLOSED, opensAt);
    }

    /**
     * A request that would come too late.
     *
     * @param quota which it would spend
     * @param reason what kept it from being sent
     * @param opensAt the earliest instant at which the gate may let it pass
     */
    public GateClosedException(Quota quota, Reason reason, Instant opensAt) {
        super("not sent in time: the quota of " + quota + " " + reason.words, null, false, false);
        this.reason = reason;
        this.opensAt = opensAt;
    }

    /**
     * What kept the request from being sent.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * When to come back.
     *
     * @return the earliest instant at which the gate may let a request pass; not earlier than the server said
     */
    public Instant opensAt() {
        return opensAt;
    }
}
