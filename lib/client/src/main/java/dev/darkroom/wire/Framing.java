package dev.darkroom.wire;

/** How the payloads of one response are wrapped. Fed from its first byte to its last. */
interface Framing {

    /** Takes all bytes of the range, and remembers none of the array. */
    void read(byte[] bytes, int from, int to);

    /** The response has ended. */
    void end();
}
