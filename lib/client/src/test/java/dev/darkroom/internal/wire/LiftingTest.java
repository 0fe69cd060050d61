package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.settings.Limits;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What becomes of strings, long ones above all. */
class LiftingTest {

    private static final Limits LIMITS = Limits.defaults();
    private static final byte[] IMAGE = image(10_000);
    private static final String BASE64 = Base64.getEncoder().encodeToString(IMAGE);

    private static byte[] image(int size) {
        var image = new byte[size];
        new Random(size).nextBytes(image);
        return image;
    }

    private static LiftedPayload read(String json) {
        return Reads.one(PayloadReader.document(LIMITS), json);
    }

    private static void assertImage(LiftedPayload payload, JsonNode node, byte[] image, String text) {
        assertThat(node.isString()).as("lifted").isFalse();
        assertThat(Reads.bytes(payload.blob(node))).isEqualTo(image);
        assertThat(payload.text(node)).isEqualTo(text);
    }

    private static void assertImage(String json, String text) {
        var payload = read("[" + json + "]");
        assertImage(payload, payload.json().get(0), IMAGE, text);
    }

    @Test
    void anImageIsBytesAndItsTextCanBeHadBack() {
        assertImage(JsonStrings.plain(BASE64), BASE64);
    }

    @Test
    void escapesOfAllKindsAreRead() {
        assertImage(JsonStrings.escaped(BASE64), BASE64);
        assertImage("\"" + BASE64.replace("/", "\\/").replace("+", "\\u002B") + "\"", BASE64);
        assertImage(JsonStrings.random(BASE64, new Random(1), 30), BASE64);
    }

    @Test
    void whiteSpaceIsIgnoredAndRemembered() {
        var lines = Base64.getMimeEncoder().encodeToString(IMAGE);
        assertImage(JsonStrings.plain(lines), lines);
        var odd = " \t" + BASE64.substring(0, 5000) + " \f\r\n" + BASE64.substring(5000) + "\n ";
        assertImage(JsonStrings.plain(odd), odd);
        var inPadding = BASE64.replace("=", " =\n");
        assertImage(JsonStrings.plain(inPadding), inPadding);
    }

    @Test
    void paddingMayBeMissing() {
        for (int size = 9_000; size < 9_003; size++) {
            var image = image(size);
            var bare = Base64.getEncoder().withoutPadding().encodeToString(image);
            var payload = read("\"" + bare + "\"");
            assertImage(payload, payload.json(), image, bare);
        }
    }

    @Test
    void bitsThatDecodingIgnoresAreNotLost() {
        var text = "QUJD".repeat(1000) + "YR==";
        var payload = read("\"" + text + "\"");
        assertImage(payload, payload.json(), ("ABC".repeat(1000) + "a").getBytes(UTF_8), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "é", "=", "=A", "===", "-", ".", "A", "\"", "\\", "\u0001", "\u0000", "日本"})
    void textThatOnlyLookedLikeAnImageComesBackUnchanged(String tail) {
        for (String head : new String[] {
            "QUJD".repeat(1000), " A".repeat(900) + "BBBB", "data:image/png;base64," + "QUJD".repeat(999)
        }) {
            for (String text : new String[] {head + tail, head + tail + head}) {
                for (String json : new String[] {JsonStrings.plain(text), JsonStrings.escaped(text)}) {
                    var payload = read("{\"x\":" + json + ",\"y\":1}");
                    assertThat(payload.text(payload.json().path("x"))).isEqualTo(text);
                    assertThat(payload.blob(payload.json().path("x"))).isNull();
                    assertThat(payload.json().path("y").intValue()).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,",
                "DATA:image/PNG;BASE64,",
                "data:;base64,",
                "data:image/svg+xml;charset=utf-8; base64,"
            })
    void aDataUrlSaysWhatItsBytesAre(String start) {
        var expected = start.equals("data:;base64,") ? null : start.replaceAll("(?i)data:|; ?base64,", "");
        for (UnaryOperator<String> json : List.<UnaryOperator<String>>of(
                JsonStrings::plain,
                JsonStrings::escaped,
                s -> JsonStrings.plain(s).replace("/", "\\/"))) {
            assertImage(json.apply(start + BASE64), start + BASE64);
            for (String base64 : new String[] {BASE64, "QUJD"}) {
                var payload = read(json.apply(start + base64));
                assertThat(payload.blob(payload.json()).declaredMediaType()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data:image/png,", "data:,", "data:image/png;base64", "data:image/png;base64;x,", "http://a/b,"})
    void otherUrlsAreText(String start) {
        for (String text : new String[] {start + BASE64, start}) {
            var payload = read(JsonStrings.plain(text));
            assertThat(payload.text(payload.json())).isEqualTo(text);
            assertThat(payload.blob(payload.json())).isNull();
        }
    }

    @Test
    void theStartOfADataUrlIsNoPlaceForWhatJsonForbids() {
        for (String start :
                new String[] {"data:i\nage/png;base64,", "data:\u0001;base64,", "data:\\q;base64,", "data:\\u00;base64,"
                }) {
            assertThatThrownBy(() -> read("\"" + start + BASE64 + "\"")).isInstanceOf(WireException.class);
        }
        var odd = read("\"data:é;base64," + BASE64 + "\"");
        assertThat(odd.text(odd.json())).isEqualTo("data:é;base64," + BASE64);
    }

    @Test
    void shortStringsAreDecodedWhenAskedFor() {
        var payload = read(
                "{\"a\":\"aGk=\",\"b\":\"\",\"c\":\"https://x/y.png\",\"d\":null,\"e\":{},\"f\":1,\"g\":\"a\\nGk\"}");
        var json = payload.json();
        assertThat(Reads.bytes(payload.blob(json.path("a")))).asString(UTF_8).isEqualTo("hi");
        assertThat(payload.blob(json.path("b")).size()).isZero();
        assertThat(payload.blob(json.path("b")).isTooLarge()).isFalse();
        assertThat(payload.blob(json.path("c"))).isNull();
        assertThat(payload.text(json.path("c"))).isEqualTo("https://x/y.png");
        for (String name : new String[] {"d", "e", "f", "missing"}) {
            assertThat(payload.text(json.path(name))).isNull();
            assertThat(payload.blob(json.path(name))).isNull();
        }
        assertThat(Reads.bytes(payload.blob(json.path("g")))).asString(UTF_8).isEqualTo("hi");
    }

    @Test
    void imagesAreFoundWhereverTheyStandWhateverTheirName() {
        var other = Base64.getEncoder().encodeToString(image(3000));
        var payload = read(
                "{\"data\":[{\"b64_json\":\"%s\"},{\"b64_json\":null},{\"b64_json\":{\"url\":\"%s\"}},[[\"%s\"]]],\"\":\"\"}"
                        .formatted(BASE64, other, BASE64));
        var data = payload.json().path("data");
        assertImage(payload, data.path(0).path("b64_json"), IMAGE, BASE64);
        assertThat(data.path(1).path("b64_json").isNull()).isTrue();
        assertImage(payload, data.path(2).path("b64_json").path("url"), image(3000), other);
        assertImage(payload, data.path(3).path(0).path(0), IMAGE, BASE64);
        assertThat(payload.text(payload.json().path(""))).isEmpty();
    }

    @Test
    void ofMembersWithTheSameNameTheLastCounts() {
        var payload = read("{\"x\":\"%s\",\"x\":\"\",\"y\":\"\",\"y\":\"%s\"}".formatted(BASE64, BASE64));
        assertThat(payload.text(payload.json().path("x"))).isEmpty();
        assertImage(payload, payload.json().path("y"), IMAGE, BASE64);
    }

    @Test
    void aNameThatLooksLikeAnImageIsAName() {
        var payload = read("{\"" + BASE64 + "\":\"" + BASE64 + "\"}");
        assertThat(payload.json().propertyNames()).containsExactly(BASE64);
        assertImage(payload, payload.json().path(BASE64), IMAGE, BASE64);
    }

    @Test
    void theUrlSafeAlphabetIsAnOption() {
        var text = Base64.getUrlEncoder().encodeToString(IMAGE);
        var bytes = ("{\"long\":\"" + text + "\",\"short\":\"-_-_\",\"mixed\":\"" + text + "+\",\"standard\":\""
                        + BASE64 + "\"}")
                .getBytes(UTF_8);
        var without = Reads.all(PayloadReader.document(LIMITS), bytes, 1000).get(0);
        assertThat(without.blob(without.json().path("long"))).isNull();
        assertThat(without.blob(without.json().path("short"))).isNull();
        assertThat(without.text(without.json().path("long"))).isEqualTo(text);
        var with =
                Reads.all(PayloadReader.document(LIMITS).urlSafe(), bytes, 1000).get(0);
        assertImage(with, with.json().path("long"), IMAGE, text);
        assertThat(Reads.bytes(with.blob(with.json().path("short")))).containsExactly(0xFB, 0xFF, 0xBF);
        assertThat(with.blob(with.json().path("mixed"))).isNull();
        assertThat(with.text(with.json().path("mixed"))).isEqualTo(text + "+");
        assertImage(with, with.json().path("standard"), IMAGE, BASE64);
    }

    @Test
    void anImageIsReadTheSameHoweverItIsCut() {
        var json = "{\"é\":\""
                + JsonStrings.random(BASE64.substring(0, 2400), new Random(2), 20)
                        .substring(1) + ",\"y\":\"\\u00e9\"}";
        var bytes = json.getBytes(UTF_8);
        for (int at = 0; at <= bytes.length; at++) {
            var payload = Reads.cut(PayloadReader.document(LIMITS), bytes, at).get(0);
            assertThat(payload.text(payload.json().path("é"))).isEqualTo(BASE64.substring(0, 2400));
            assertThat(payload.json().path("y").stringValue()).isEqualTo("é");
        }
    }

    @Test
    void aLargeImageLiesInManySegmentsOfModestSize() {
        var image = image(5_000_000);
        var payload = read("\"" + Base64.getEncoder().encodeToString(image) + "\"");
        var blob = payload.blob(payload.json());
        assertThat(Reads.bytes(blob)).isEqualTo(image);
        assertThat(blob.segments())
                .allMatch(s -> s.isReadOnly() && s.remaining() <= 100_000)
                .hasSizeLessThan(150);
        assertThat(blob.segments().get(0).get())
                .isEqualTo(blob.segments().get(0).get());
    }
}
