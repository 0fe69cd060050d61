package dev.darkroom.emulator.server;

import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Flux;

/**
 * What a dialect answers.
 *
 * @param status the HTTP status
 * @param headers in the order they are sent
 * @param content a document or a stream
 */
public record Reply(int status, Map<String, String> headers, Content content) {

    /** What follows the head. */
    public sealed interface Content {

        /**
         * All of it at once.
         *
         * @param bytes the body; not copied
         */
        @SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
        record Document(byte[] bytes) implements Content {}

        /**
         * An event stream.
         *
         * @param frames subscribed once, cancelled when the client goes away
         */
        record Stream(Flux<Frame> frames) implements Content {}
    }

    /**
     * A whole document.
     *
     * @param status the HTTP status
     * @param type the content type
     * @param bytes the body
     * @return a reply
     */
    public static Reply document(int status, String type, byte[] bytes) {
        return new Reply(status, Map.of("Content-Type", type), new Content.Document(bytes));
    }

    /**
     * An event stream, status 200.
     *
     * @param frames subscribed once
     * @return a reply
     */
    public static Reply stream(Flux<Frame> frames) {
        return new Reply(200, Map.of("Content-Type", "text/event-stream"), new Content.Stream(frames));
    }

    /**
     * The same with one more header, or another value for it.
     *
     * @param name the header's name
     * @param value its value
     * @return a copy
     */
    public Reply header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, content);
    }

    Reply without(String name) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove(name);
        return new Reply(status, fewer, content);
    }
}
