package dev.darkroom.internal.wire;

import dev.darkroom.dialect.Blob;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Feeds readers in pieces, and shows what came out in a form that can be compared. */
final class Reads {

    /** Everything that can be observed of one reading. */
    record Outcome(List<Shown> payloads, String end) {}

    /** A payload with every lifted string put back, and the bytes of every string beside it. */
    record Shown(@Nullable String event, boolean done, JsonNode json, List<String> blobs) {}

    private Reads() {}

    /** Reads in pieces of the given size, with an empty piece after each. */
    static List<LiftedPayload> all(PayloadReader reader, byte[] bytes, int piece) {
        var payloads = new ArrayList<LiftedPayload>();
        for (int from = 0; from < bytes.length; from += piece) {
            payloads.addAll(reader.feed(bytes, from, Math.min(piece, bytes.length - from)));
            payloads.addAll(reader.feed(bytes, from, 0));
        }
        payloads.addAll(reader.end());
        return payloads;
    }

    /** Reads in two pieces. */
    static List<LiftedPayload> cut(PayloadReader reader, byte[] bytes, int at) {
        var payloads = new ArrayList<LiftedPayload>();
        payloads.addAll(reader.feed(bytes, 0, at));
        payloads.addAll(reader.feed(bytes, at, bytes.length - at));
        payloads.addAll(reader.end());
        return payloads;
    }

    static LiftedPayload one(PayloadReader reader, String text) {
        var payloads = all(reader, text.getBytes(StandardCharsets.UTF_8), 1000);
        if (payloads.size() != 1) {
            throw new AssertionError(payloads.size() + " payloads");
        }
        return payloads.get(0);
    }

    static Outcome outcome(Supplier<PayloadReader> readers, byte[] bytes, int piece) {
        var reader = readers.get();
        var payloads = new ArrayList<Shown>();
        try {
            for (int from = 0; from < bytes.length; from += piece) {
                show(reader.feed(bytes, from, Math.min(piece, bytes.length - from)), payloads);
            }
            show(reader.end(), payloads);
            return new Outcome(payloads, "complete");
        } catch (WireException e) {
            return new Outcome(payloads, e.getMessage());
        }
    }

    private static void show(List<LiftedPayload> payloads, List<Shown> shown) {
        for (LiftedPayload payload : payloads) {
            var blobs = new ArrayList<String>();
            shown.add(new Shown(payload.event(), payload.isDone(), restore(payload, payload.json(), blobs), blobs));
        }
    }

    private static JsonNode restore(LiftedPayload payload, JsonNode node, List<String> blobs) {
        var text = payload.text(node);
        if (text != null) {
            blobs.add(hash(payload.blob(node)));
            return JsonNodeFactory.instance.stringNode(text);
        }
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(restore(payload, item, blobs)));
            return array;
        }
        if (node.isObject()) {
            var object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(e -> object.set(e.getKey(), restore(payload, e.getValue(), blobs)));
            return object;
        }
        return node;
    }

    /** The blobs which a plain reading finds in a tree, in the same order. */
    static List<String> blobs(JsonNode node) {
        var blobs = new ArrayList<String>();
        if (node.isString()) {
            var bytes = PlainReading.bytes(node.stringValue());
            blobs.add(bytes == null ? "none" : hash(bytes));
        } else {
            node.forEach(item -> blobs.addAll(blobs(item)));
        }
        return blobs;
    }

    private static String hash(@Nullable Blob blob) {
        return blob == null ? "none" : hash(bytes(blob));
    }

    private static String hash(byte[] bytes) {
        return bytes.length + ":" + Arrays.hashCode(bytes);
    }

    static byte[] bytes(Blob blob) {
        var out = new ByteArrayOutputStream();
        for (var segment : blob.segments()) {
            var copy = new byte[segment.remaining()];
            segment.get(copy);
            out.writeBytes(copy);
        }
        if (out.size() != blob.size()) {
            throw new AssertionError("size " + blob.size() + " but " + out.size() + " bytes");
        }
        return out.toByteArray();
    }
}
