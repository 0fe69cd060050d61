package dev.darkroom.fire;

import java.util.Arrays;

/**
 * What a server does once it has read a request.
 *
 * @param bytes what it says
 * @param end how it hangs up then
 */
record Plan(byte[] bytes, End end) {

    /** How a connection ends. */
    enum End {
        /** In order: FIN. */
        CLOSE,
        /** Out of order: RST. */
        RESET,
        /** The connection stays and can be used again. */
        KEEP,
        /** Nothing more is said, until the client leaves. */
        STALL
    }

    static Plan cut(Wire wire, int at) {
        return new Plan(Arrays.copyOf(wire.bytes(), at), End.CLOSE);
    }

    static Plan reset(Wire wire, int at) {
        return new Plan(Arrays.copyOf(wire.bytes(), at), End.RESET);
    }

    static Plan corrupt(Wire wire, int at) {
        var bytes = wire.bytes().clone();
        bytes[at] ^= 1;
        return new Plan(bytes, End.CLOSE);
    }
}
