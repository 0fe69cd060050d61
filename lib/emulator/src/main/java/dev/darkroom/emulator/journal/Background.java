package dev.darkroom.emulator.journal;

/** How far the work is that a request began and that goes on without its connection. */
public enum Background {
    /** There is none: the work is the answer. */
    NONE,
    /** Under way. */
    RUNNING,
    /** Done, and there to be asked for. */
    FINISHED,
    /** It came to nothing. */
    FAILED,
    /** Ended by a request before it was done. */
    CANCELLED
}
