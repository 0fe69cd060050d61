package dev.darkroom.emulator.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fault with its options.
 *
 * @param fault what goes wrong
 * @param times for how many requests in a row, 1 or more
 * @param after whole events before the fault, 0 or more; null means as the fault usually does
 * @param retryAfter the retry hint; null means as the fault usually does (1 s, or none for a 503)
 * @param lasting how long a silence lasts; null means as the fault usually does
 */
public record FaultPlan(
        Fault fault,
        int times,
        @Nullable Integer after,
        @Nullable Duration retryAfter,
        @Nullable Duration lasting) {

    /**
     * Checks the ranges.
     *
     * @param fault what goes wrong
     * @param times for how many requests in a row, 1 or more
     * @param after whole events before the trouble, 0 or more; null means as the fault usually does
     * @param retryAfter the retry hint; null means as the fault usually does (1 s, or none for a 503)
     * @param lasting how long a silence lasts; null means as the fault usually does
     */
    public FaultPlan {
        requireNonNull(fault, "fault");
        require(times >= 1, "times must be 1 or more");
        require(after == null || after >= 0, "after must be 0 or more");
        require(retryAfter == null || !retryAfter.isNegative(), "retryAfter must not be negative");
        require(lasting == null || !lasting.isNegative(), "lasting must not be negative");
    }

    /**
     * A fault, once, with its default options.
     *
     * @param fault what goes wrong
     * @return a plan
     */
    public static FaultPlan of(Fault fault) {
        return new FaultPlan(fault, 1, null, null, null);
    }

    /**
     * The same for another number of requests.
     *
     * @param requests how many requests in a row, 1 or more
     * @return a copy
     */
    public FaultPlan times(int requests) {
        return new FaultPlan(fault, requests, after, retryAfter, lasting);
    }

    /**
     * The same after another number of events.
     *
     * @param events whole events sent before the fault, 0 or more
     * @return a copy
     */
    public FaultPlan after(int events) {
        return new FaultPlan(fault, times, events, retryAfter, lasting);
    }

    /**
     * The same with another retry hint.
     *
     * @param delay the wait asked for, not negative
     * @return a copy
     */
    public FaultPlan retryAfter(Duration delay) {
        return new FaultPlan(fault, times, after, delay, lasting);
    }

    /**
     * The same with another length of silence.
     *
     * @param duration how long, not negative
     * @return a copy
     */
    public FaultPlan lasting(Duration duration) {
        return new FaultPlan(fault, times, after, retryAfter, duration);
    }

    /**
     * Whether this plan brings about a fault of that name.
     *
     * @param other the fault
     * @return true if it is this one
     */
    public boolean is(Fault other) {
        return fault == other;
    }

    /**
     * The number of whole events before the fault.
     *
     * @param usual the number if this plan names none
     * @return 0 or more
     */
    public int eventsBefore(int usual) {
        return after == null ? usual : after;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
