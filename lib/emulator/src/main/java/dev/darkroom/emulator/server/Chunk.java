package dev.darkroom.emulator.server;

import java.util.Arrays;

/**
 * Encoded bytes of a reply.
 *
 * @param bytes what goes to the socket
 * @param event whether this is a {@code data:} event or a document: what faults count
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
record Chunk(byte[] bytes, boolean event) {

    Chunk firstHalf() {
        return new Chunk(Arrays.copyOf(bytes, bytes.length / 2), event);
    }
}
