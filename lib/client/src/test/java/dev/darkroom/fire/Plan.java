package dev.darkroom.fire;

import java.nio.charset.StandardCharsets;

/**
 * What a server does once it has read a request.
 *
 * @param text what it says, a character for each byte
 * @param end how it hangs up then
 */
record Plan(String text, End end) {

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
        return new Plan(wire.text().substring(0, at), End.CLOSE);
    }

    static Plan reset(Wire wire, int at) {
        return new Plan(wire.text().substring(0, at), End.RESET);
    }

    static Plan corrupt(Wire wire, int at) {
        var other = (char) (wire.text().charAt(at) ^ 1);
        return new Plan(wire.text().substring(0, at) + other + wire.text().substring(at + 1), End.CLOSE);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
