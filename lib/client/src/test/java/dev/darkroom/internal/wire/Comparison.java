package dev.darkroom.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.settings.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.MissingNode;

/** Holds our reading of a body against the plain one, and against itself in other pieces. */
final class Comparison {

    private static final Limits LIMITS = Limits.defaults();

    private Comparison() {}

    static void stream(byte[] body, int longFrom, int piece) {
        Supplier<PayloadReader> readers =
                () -> new PayloadReader(ServerSentEvents::new, new Decoding(LIMITS, false, longFrom));
        var whole = sameInPieces(readers, body, piece);
        var expected = new ArrayList<Reads.Shown>();
        boolean complete = true;
        for (Event event : PlainReading.events(body)) {
            if (!event.data().matches("[ \t\r\n]*+")) {
                complete = complete && add(event, expected);
            }
        }
        assertThat(whole.payloads()).isEqualTo(expected);
        assertThat(whole.end()).matches(complete ? "complete" : "Malformed JSON near byte \\d+ of the payload");
    }

    private static boolean add(Event event, List<Reads.Shown> expected) {
        var type = event.type().equals("message") ? null : event.type();
        if (event.data().equals("[DONE]")) {
            return expected.add(new Reads.Shown(type, true, MissingNode.getInstance(), List.of()));
        }
        var json = PlainReading.json(event.data());
        return json != null && expected.add(new Reads.Shown(type, false, json, Reads.blobs(json)));
    }

    static void document(byte[] body, int longFrom, int piece) {
        Supplier<PayloadReader> readers = () ->
                new PayloadReader((payload, rules) -> new Document(payload), new Decoding(LIMITS, false, longFrom));
        var whole = sameInPieces(readers, body, piece);
        var json = PlainReading.json(body);
        assertThat(whole.payloads())
                .isEqualTo(json == null ? List.of() : List.of(new Reads.Shown(null, false, json, Reads.blobs(json))));
        assertThat(whole.end())
                .matches(
                        json == null ? "Malformed JSON near byte \\d+ of .*|The document ended early, .*" : "complete");
    }

    /** What the content type and the bytes choose is compared only with itself. */
    static void detect(byte[] body, String contentType, int piece) {
        sameInPieces(() -> PayloadReader.detect(contentType, LIMITS), body, piece);
    }

    private static Reads.Outcome sameInPieces(Supplier<PayloadReader> readers, byte[] body, int piece) {
        var whole = Reads.outcome(readers, body, Math.max(1, body.length));
        assertThat(Reads.outcome(readers, body, piece))
                .as("in pieces of %d", piece)
                .isEqualTo(whole);
        return whole;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
