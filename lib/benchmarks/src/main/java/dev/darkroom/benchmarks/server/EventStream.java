package dev.darkroom.benchmarks.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One answer as it stands on the wire, built once: the head, and each event in chunks of 64 KiB. The events are those of
 * OpenAI, which OpenRouter speaks too and all clients understand.
 */
final class EventStream {

    private static final int CHUNK = 64 * 1024;
    private static final byte[] HEAD = ascii("""
            HTTP/1.1 200 OK\r
            Content-Type: text/event-stream\r
            Cache-Control: no-cache\r
            Transfer-Encoding: chunked\r
            \r
            """);
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");
    private static final byte[] KEEP_ALIVE = ascii(": keep-alive\n\n");

    private final ByteBuffer wire;
    private final List<Integer> ends = new ArrayList<>();
    private final List<ByteBuffer> pieces = new ArrayList<>();

    /** @param keepAlives whether a comment stands before each event */
    EventStream(Shape shape, boolean keepAlives) {
        var eventBytes = (Math.max(shape.previewBytes(), shape.imageBytes()) + 2L) / 3 * 4 + 1024;
        var framing = 32 * (eventBytes / CHUNK + 2);
        this.wire = ByteBuffer.allocateDirect(Math.toIntExact((eventBytes + framing) * shape.images() + 1024));
        wire.put(HEAD);
        for (int i = 0; i < shape.images(); i++) {
            if (keepAlives) {
                chunk(KEEP_ALIVE, 0, KEEP_ALIVE.length);
            }
            event(shape, i);
            ends.add(wire.position());
        }
        wire.put(LAST_CHUNK);
        wire.flip();
    }

    private void event(Shape shape, int index) {
        var last = index == shape.previews();
        var type = last ? "image_generation.completed" : "image_generation.partial_image";
        var before = "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"b64_json\":\"";
        var after = "\",\"created_at\":1761112880,\"size\":\"1024x1024\",\"quality\":\"high\","
                + "\"background\":\"opaque\",\"output_format\":\"png\","
                + (last
                        ? "\"usage\":{\"input_tokens\":7,\"output_tokens\":4460,\"total_tokens\":4467,"
                                + "\"input_tokens_details\":{\"text_tokens\":7,\"image_tokens\":0}}"
                        : "\"partial_image_index\":" + index)
                + "}\n\n";
        var base64 = Base64.getEncoder().encode(shape.image(index));
        var event = ByteBuffer.allocate(before.length() + base64.length + after.length());
        event.put(ascii(before)).put(base64).put(ascii(after));
        for (int from = 0; from < event.capacity(); from += CHUNK) {
            chunk(event.array(), from, Math.min(CHUNK, event.capacity() - from));
        }
    }

    private void chunk(byte[] bytes, int from, int length) {
        wire.put(ascii(Integer.toHexString(length) + "\r\n"));
        pieces.add(wire.duplicate().limit(wire.position() + length).slice());
        wire.put(bytes, from, length);
        wire.put(ascii("\r\n"));
    }

    /** A view of everything. */
    ByteBuffer all() {
        return wire.duplicate();
    }

    /** Where each event ends, the head counted. */
    List<Integer> ends() {
        return ends;
    }

    /** The body alone, in the pieces in which it is written. */
    List<ByteBuffer> pieces() {
        return pieces;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
