package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import dev.darkroom.internal.wire.PayloadReader;
import dev.darkroom.settings.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Payloads for dialects, made from the text which a gateway would send. */
public final class Payloads {

    private Payloads() {}

    public static Payload document(String json) {
        return read(PayloadReader.document(Limits.defaults()), json).get(0);
    }

    public static List<Payload> stream(String text) {
        return read(PayloadReader.stream(Limits.defaults()), text);
    }

    private static List<Payload> read(PayloadReader reader, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var payloads = new ArrayList<Payload>(reader.feed(bytes, 0, bytes.length));
        payloads.addAll(reader.end());
        return payloads;
    }
}
