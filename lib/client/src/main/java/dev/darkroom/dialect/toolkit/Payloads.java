package dev.darkroom.dialect.toolkit;

import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.internal.wire.LiftedPayload;
import dev.darkroom.internal.wire.PayloadReader;
import dev.darkroom.settings.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Payloads from text, read as a connection's are, for tests of a {@link Reading}. Not for production: nothing bounds them together. */
public final class Payloads {

    private Payloads() {}

    /**
     * A whole answer.
     *
     * @param json one JSON text; what is base64 in it is an image
     * @return the payload
     * @throws IllegalArgumentException if it is not one JSON text
     */
    public static Payload document(String json) {
        return only(PayloadReader.document(Limits.defaults()), json);
    }

    /**
     * An event of a stream.
     *
     * @param type the event's type; null for none
     * @param data JSON, {@code [DONE]}, or whatever else a gateway may send there
     * @return the payload
     * @throws IllegalArgumentException if the type or the data makes no event
     */
    public static Payload event(@Nullable String type, String data) {
        var lines = data.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining());
        return only(
                PayloadReader.stream(Limits.defaults()), (type == null ? "" : "event: " + type + "\n") + lines + "\n");
    }

    private static Payload only(PayloadReader reader, String text) {
        var payloads = read(reader, text);
        if (payloads.size() != 1) {
            throw new IllegalArgumentException("this makes " + payloads.size() + " payloads, not one");
        }
        return payloads.get(0);
    }

    private static List<LiftedPayload> read(PayloadReader reader, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            var payloads = new ArrayList<>(reader.feed(bytes, 0, bytes.length));
            payloads.addAll(reader.end());
            return payloads;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("this is no payload: " + e.getMessage(), e);
        }
    }
}
