package dev.darkroom.emulator.server;

import java.nio.charset.StandardCharsets;

/** An event or a comment of an SSE stream, before it is encoded. */
public sealed interface SseFrame {

    /**
     * An event of one {@code data:} line.
     *
     * @param type what an {@code event:} line says where the stream has one; empty for an event without
     * @param data the line's content, free of line breaks; not copied
     * @param closed false leaves out the blank line which ends the event
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
    record Event(String type, byte[] data, boolean closed) implements SseFrame {

        /**
         * An ordinary event.
         *
         * @param type what an {@code event:} line says
         * @param data the line's content
         */
        public Event(String type, byte[] data) {
            this(type, data, true);
        }

        /**
         * The sentinel many streams end with.
         *
         * @return {@code data: [DONE]}
         */
        public static Event done() {
            return new Event("", "[DONE]".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * A comment line, and a blank one.
     *
     * @param text what follows the colon and a space
     */
    record Comment(String text) implements SseFrame {}
}
