package dev.darkroom.emulator.fault;

import java.time.Duration;

/**
 * What can be ordered with options: a fault, and a fault which has some already.
 *
 * @param <P> what it is with one more
 */
public interface Orderable<P> {

    /** {@return what was said about it so far} */
    FaultOptions options();

    /**
     * The same with other options.
     *
     * @param options all of them
     * @return a copy
     */
    P with(FaultOptions options);

    /**
     * The same for several requests in a row.
     *
     * @param times how many requests, 1 or more
     * @return a copy
     */
    default P times(int times) {
        return with(options().with(FaultParameter.TIMES, (long) times));
    }

    /**
     * The same after some events.
     *
     * @param events whole events (or images) sent before the fault, 0 or more; if there are fewer, it comes at the end
     * @return a copy
     */
    default P after(int events) {
        return with(options().with(FaultParameter.AFTER, (long) events));
    }

    /**
     * The same at a byte of the answer, or with a length, where the fault has one.
     *
     * @param position counted from the first byte of the answer on the wire, its head included; or the length, 0 or more
     * @return a copy
     */
    default P bytes(long position) {
        return with(options().with(FaultParameter.BYTES, position));
    }

    /**
     * The same in pieces, or of a size, of so many bytes.
     *
     * @param size 1 or more
     * @return a copy
     */
    default P size(int size) {
        return with(options().with(FaultParameter.SIZE, (long) size));
    }

    /**
     * The same at another speed.
     *
     * @param kilobytes a second, 1 or more
     * @return a copy
     */
    default P rate(int kilobytes) {
        return with(options().with(FaultParameter.RATE, (long) kilobytes));
    }

    /**
     * The same with so many of what the fault consists of.
     *
     * @param count 1 or more
     * @return a copy
     */
    default P count(int count) {
        return with(options().with(FaultParameter.COUNT, (long) count));
    }

    /**
     * The same with another status.
     *
     * @param status of HTTP
     * @return a copy
     */
    default P status(int status) {
        return with(options().with(FaultParameter.STATUS, (long) status));
    }

    /**
     * The same with another error code.
     *
     * @param code of HTTP/2
     * @return a copy
     */
    default P code(int code) {
        return with(options().with(FaultParameter.CODE, (long) code));
    }

    /**
     * The same with a retry hint, where its shape has one.
     *
     * @param delay the wait asked for; whole seconds on the wire, rounded up, unless the shape knows better
     * @return a copy
     */
    default P retryAfter(Duration delay) {
        return with(options().with(FaultParameter.RETRY_AFTER, delay));
    }

    /**
     * The same for some time, where it is a silence.
     *
     * @param duration how long the silence lasts; the connection is cut after a stall, the answer comes after late headers
     * @return a copy
     */
    default P lasting(Duration duration) {
        return with(options().with(FaultParameter.LASTING, duration));
    }

    /**
     * The same with a pause between two writes.
     *
     * @param pause not negative
     * @return a copy
     */
    default P delay(Duration pause) {
        return with(options().with(FaultParameter.DELAY, pause));
    }

    /**
     * The same leading somewhere else.
     *
     * @param url an absolute URL
     * @return a copy
     */
    default P location(String url) {
        return with(options().with(FaultParameter.LOCATION, url));
    }
}
