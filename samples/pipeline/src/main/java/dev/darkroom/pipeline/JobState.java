package dev.darkroom.pipeline;

import java.util.Locale;

/** What is known of a prompt. */
public enum JobState {
    /** Nothing was sent, or what was sent was refused for now. */
    NEW(0),
    /** It was about to leave; more is not known. */
    SENT(1),
    /** Its pictures are here. */
    DONE(2),
    /** It was refused for good, or tried in vain. */
    FAILED(3),
    /** It left, and nobody can say what came of it; it may have been paid for. */
    UNKNOWN(4);

    private final int number;

    JobState(int number) {
        this.number = number;
    }

    /** Its place among the values. */
    int number() {
        return number;
    }

    /** {@return the word for it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it may have been paid for without anything to show. */
    boolean isOpen() {
        return this == SENT || this == UNKNOWN;
    }
}
