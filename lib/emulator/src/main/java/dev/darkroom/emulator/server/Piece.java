package dev.darkroom.emulator.server;

import java.util.Arrays;

/**
 * Framed bytes.
 *
 * @param bytes what goes to the socket
 * @param event whether this is a {@code data:} event or a document: what faults count
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
record Piece(byte[] bytes, boolean event) {

    Piece firstHalf() {
        return new Piece(Arrays.copyOf(bytes, bytes.length / 2), event);
    }
}
