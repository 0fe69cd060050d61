package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.settings.Limits;
import dev.darkroom.testsupport.NeedsMaterial;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The vectors by others. See {@link Vectors} for where they are. */
@NeedsMaterial
class VectorsTest {

    private static final Decoding RULES = new Decoding(Limits.defaults());

    @Test
    void all156StreamsGiveTheirEventsHoweverTheyAreCut() {
        int cases = 0;
        for (var file : Vectors.files(Vectors.at("sse"))) {
            for (JsonNode c : Vectors.json(file).path("cases")) {
                if (c.has("input_base64")) {
                    checkStream(file.getFileName() + " " + c.path("id").stringValue(), c);
                    cases++;
                }
            }
        }
        assertThat(cases).isEqualTo(156);
    }

    private static void checkStream(String name, JsonNode c) {
        var input = Base64.getDecoder().decode(c.path("input_base64").stringValue());
        var expected = c.path("expected");
        for (int piece : new int[] {Integer.MAX_VALUE / 2, 1, 2, 3, 7, 200}) {
            check(name + " in pieces of " + piece, expected, new RecordedEvents().feed(input, piece));
        }
        for (int at = 0; input.length < 200 && at <= input.length; at++) {
            var cut =
                    new RecordedEvents().feed(input, 0, at).feed(input, at, at).feed(input, at, input.length);
            check(name + " cut at " + at, expected, cut);
        }
        if (c.has("chunks_base64")) {
            var recorded = new RecordedEvents();
            for (JsonNode chunk : c.path("chunks_base64")) {
                var bytes = Base64.getDecoder().decode(chunk.stringValue());
                recorded.feed(bytes, 0, bytes.length);
            }
            check(name + " in its own chunks", expected, recorded);
        }
    }

    private static void check(String name, JsonNode expected, RecordedEvents recorded) {
        var events = new ArrayList<Event>();
        for (JsonNode e : expected.path("events")) {
            events.add(new Event(
                    e.path("type").stringValue(),
                    name.contains("invalid-utf8-surrogate")
                            ? e.path("data").stringValue().replace("\uFFFD\uFFFD\uFFFD", "\uFFFD") // as the JDK does
                            : e.path("data").stringValue(),
                    e.path("lastEventId").stringValue()));
        }
        assertThat(recorded.events).as(name).isEqualTo(events);
        if (expected.path("retry").isNumber()) {
            assertThat(recorded.stream.retry())
                    .as(name)
                    .isEqualTo(expected.path("retry").longValue());
        }
        if (expected.has("lastEventIdAtEnd")) {
            assertThat(recorded.stream.lastEventId())
                    .as(name)
                    .isEqualTo(expected.path("lastEventIdAtEnd").stringValue());
        }
    }

    @Test
    void all80Base64TextsDecodeAsForgivinglyAsTheyShould() {
        var cases = Vectors.json(Vectors.at("wpt/base64/base64.json"));
        assertThat(cases).hasSize(80);
        for (JsonNode c : cases) {
            var text = c.get(0).stringValue();
            byte[] expected = c.get(1).isNull() ? null : bytes(c.get(1));
            checkBase64(text, text, expected);
            // Where the text is long enough to be lifted, with what it is behind whole groups, and all of it is
            // escaped.
            var head = "QUJD".repeat(700);
            checkBase64(
                    head + text,
                    head + text,
                    expected == null ? null : concat("ABC".repeat(700).getBytes(UTF_8), expected));
        }
    }

    private static void checkBase64(String name, String text, byte[] expected) {
        for (String json : List.of(JsonStrings.plain(text), JsonStrings.escaped(text))) {
            for (int piece : new int[] {1, 2, 3, 5, 1 << 20}) {
                var payload = Reads.all(PayloadReader.document(Limits.defaults()), json.getBytes(UTF_8), piece)
                        .get(0);
                assertThat(payload.text(payload.json())).as(name).isEqualTo(text);
                var blob = payload.blob(payload.json());
                assertThat(blob == null ? null : Reads.bytes(blob)).as(name).isEqualTo(expected);
            }
        }
    }

    @Test
    void rfc4648Examples() {
        for (JsonNode c : Vectors.json(Vectors.at("base64/rfc4648.json")).path("cases")) {
            var blob = RULES.decode(c.path("base64").stringValue());
            assertThat(Reads.bytes(blob))
                    .isEqualTo(c.path("plain").stringValue().getBytes(UTF_8));
        }
    }

    @Test
    void jsonIsAcceptedAndRefusedAsItsTestSuiteSaysAlsoAroundAnImageAndCutAnywhere() {
        int accepted = 0;
        int refused = 0;
        for (var file : Vectors.files(Vectors.at("json/JSONTestSuite/test_parsing"))) {
            var name = file.getFileName().toString();
            var bytes = Vectors.bytes(file);
            for (var variant : List.of(bytes, before(bytes), behind(bytes))) {
                for (int at : cuts(variant.length)) {
                    checkJson(name, variant, at);
                }
            }
            accepted += name.startsWith("y_") ? 1 : 0;
            refused += name.startsWith("n_") ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(95);
        assertThat(refused).isEqualTo(188);
    }

    /** Every place; of the two texts with 100,000 bytes and more the first and last 200, and 200 spread between them. */
    private static int[] cuts(int length) {
        var all = IntStream.rangeClosed(0, length);
        return (length < 4000 ? all : all.filter(at -> at < 200 || at > length - 200 || at % (length / 200) == 0))
                .toArray();
    }

    /** Strings are lifted from 16 characters here, so that the image is short, and every cut of it can be tried. */
    private static void checkJson(String name, byte[] document, int at) {
        Supplier<List<LiftedPayload>> read = () -> Reads.cut(
                new PayloadReader(
                        (payload, rules) -> new Document(payload), new Decoding(Limits.defaults(), false, 16)),
                document,
                at);
        switch (name.charAt(0)) {
            case 'y' -> assertThat(read.get()).as(name).hasSize(1);
            case 'n' -> assertThatThrownBy(read::get).as(name + " cut at " + at).isInstanceOf(WireException.class);
            default -> {
                try {
                    assertThat(read.get()).as(name).hasSize(1);
                } catch (WireException refused) {
                    assertThat(refused).hasNoCause();
                }
            }
        }
    }

    private static final String IMAGE = JsonStrings.plain("iVBORw0KGgo+/AAA".repeat(3));

    private static byte[] before(byte[] json) {
        return concat(concat(("{\"b64_json\":" + IMAGE + ",\"x\":").getBytes(UTF_8), json), "}".getBytes(UTF_8));
    }

    private static byte[] behind(byte[] json) {
        return concat(concat("[".getBytes(UTF_8), json), ("," + IMAGE + "]").getBytes(UTF_8));
    }

    @Test
    void aStreamUnderAnyTypeOfOthersIsReadForItsBytesDecide() {
        for (JsonNode c : Vectors.json(Vectors.at("sse/http-behaviour.json")).path("cases")) {
            if (c.path("status").intValue(0) == 200 && c.has("contentType")) {
                var type = c.path("contentType").stringValue();
                var stream = "data: \"é\"\n\n".getBytes(UTF_8);
                var payloads = Reads.all(PayloadReader.detect(type, Limits.defaults()), stream, 3);
                assertThat(payloads.get(0).json()).isEqualTo(new StringNode("é"));
            }
        }
    }

    private static byte[] bytes(JsonNode array) {
        var bytes = new byte[array.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) array.get(i).intValue();
        }
        return bytes;
    }

    private static byte[] concat(byte[] one, byte[] other) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(one);
        out.writeBytes(other);
        return out.toByteArray();
    }
}
