package dev.darkroom.emulator.journal;

import dev.darkroom.emulator.fault.Fault;
import java.time.Duration;

/** What became of a request. Durations count from its arrival. */
public sealed interface Outcome {

    /** Nothing yet. */
    record Pending() implements Outcome {}

    /**
     * Answered with success, to the last byte.
     *
     * @param status the HTTP status, below 400
     * @param took from arrival to the last byte
     * @param events {@code data:} events sent, the sentinel included; 0 for a buffered reply
     */
    record Accepted(int status, Duration took, int events) implements Outcome {}

    /**
     * Answered with an error.
     *
     * @param status the HTTP status, 400 or more
     * @param took from arrival to the last byte
     */
    record Refused(int status, Duration took) implements Outcome {}

    /**
     * The client closed the connection before it had the whole answer. Rendering stopped.
     *
     * @param after from arrival to the close
     * @param events {@code data:} events handed to the socket until then
     */
    record Cancelled(Duration after, int events) implements Outcome {}

    /**
     * The emulator broke the connection, as a fault asked it to.
     *
     * @param fault the fault
     * @param after from arrival to the break
     */
    record Broken(Fault fault, Duration after) implements Outcome {}
}
