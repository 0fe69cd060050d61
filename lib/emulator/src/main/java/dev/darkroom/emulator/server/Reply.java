package dev.darkroom.emulator.server;

import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Flux;

/**
 * What a gateway answers.
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
         * @param named whether an {@code event:} line tells each event's type
         * @param late whether the head waits for the first frame
         */
        record Stream(Flux<SseFrame> frames, boolean named, boolean late) implements Content {}

        /**
         * A JSON array which is written item by item: what some APIs stream to a client that does not ask for events.
         *
         * @param items subscribed once, cancelled when the client goes away; what is no event is left out
         */
        record Items(Flux<SseFrame> items) implements Content {}
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
     * An event stream of {@code data:} lines, status 200, whose head is sent at once.
     *
     * @param frames subscribed once
     * @return a reply
     */
    public static Reply stream(Flux<SseFrame> frames) {
        return stream(new Content.Stream(frames, false, false));
    }

    /**
     * An event stream of {@code event:} and {@code data:} lines, status 200, whose head is sent at once.
     *
     * @param frames subscribed once
     * @return a reply
     */
    public static Reply namedStream(Flux<SseFrame> frames) {
        return stream(new Content.Stream(frames, true, false));
    }

    /**
     * As {@link #namedStream(Flux)}, but its head is sent with its first frame.
     *
     * @param frames subscribed once
     * @return a reply
     */
    public static Reply lateStream(Flux<SseFrame> frames) {
        return stream(new Content.Stream(frames, true, true));
    }

    /**
     * A JSON array of what would be the events of a stream, status 200, each written as it comes.
     *
     * @param items subscribed once
     * @return a reply
     */
    public static Reply items(Flux<SseFrame> items) {
        return new Reply(200, Map.of("Content-Type", "application/json; charset=UTF-8"), new Content.Items(items));
    }

    private static Reply stream(Content.Stream content) {
        return new Reply(200, Map.of("Content-Type", "text/event-stream"), content);
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

    /**
     * The same with its length in the head, if it is a document.
     *
     * @return a copy
     */
    public Reply withContentLength() {
        return content instanceof Content.Document document
                ? header("Content-Length", Integer.toString(document.bytes().length))
                : this;
    }

    Reply without(String name) {
        var fewer = new LinkedHashMap<>(headers);
        fewer.remove(name);
        return new Reply(status, fewer, content);
    }
}
