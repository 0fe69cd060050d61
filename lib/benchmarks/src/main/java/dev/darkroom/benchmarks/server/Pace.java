package dev.darkroom.benchmarks.server;

/** How an answer is written; the first part of its path. */
public enum Pace {
    /** As fast as the socket takes it. */
    FAST,
    /** Each event at once, then a pause; the instant at which its last bytes are written is noted. */
    BURST,
    /** As {@link #BURST}, but the last bytes of an event wait until the rest of it must have been read. */
    HELD,
    /** 64 KiB a second, keep-alives between the events; the instant of each piece is noted. */
    DRIP;

    /** Where a client finds answers of this pace and shape. */
    public String path(Shape shape) {
        return "/" + name() + "/" + shape;
    }
}
