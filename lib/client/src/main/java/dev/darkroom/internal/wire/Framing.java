package dev.darkroom.internal.wire;

import org.jspecify.annotations.Nullable;

/** How the payloads of one response are wrapped. Fed from its first byte to its last. */
interface Framing {

    /** Takes all bytes of the range, and remembers none of the array. */
    void read(byte[] bytes, int from, int to);

    /** Who reads what comes next: who only looks at the first bytes steps aside for whom they are for. */
    Framing settled();

    /** The response has ended. */
    void end();

    /** The response has ended, and it is certain that nothing is missing: what is pending counts. */
    default void endWhole() {
        end();
    }

    /** The type of the event which is pending; null if there is none, or it has no type. */
    default @Nullable String pendingEvent() {
        return null;
    }
}
