package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.dialect.Payload;
import dev.darkroom.settings.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong beside an image costs it nothing: cut everywhere, as a whole and byte by byte. */
class LenientReadingTest {

    private static final Limits LIMITS = Limits.defaults();
    private static final String IMAGE = "QUJD".repeat(400);

    private static PayloadReader reader() {
        return PayloadReader.detect(null, LIMITS);
    }

    private static List<LiftedPayload> read(byte[] body, int cut, boolean proven) {
        var reader = reader();
        var payloads = new ArrayList<>(reader.feed(body, 0, cut));
        payloads.addAll(reader.feed(body, cut, body.length - cut));
        payloads.addAll(reader.end(proven));
        return payloads;
    }

    /** The last payload has the image, wherever the body is cut in two. */
    private static LiftedPayload image(byte[] body, boolean proven) {
        LiftedPayload last = null;
        for (int cut = 0; cut <= body.length; cut++) {
            var payloads = read(body, cut, proven);
            last = payloads.get(payloads.size() - 1);
            var blob = last.blob(last.json().path("i"));
            assertThat(blob).as("cut at %d", cut).isNotNull();
            assertThat(blob.size()).as("cut at %d", cut).isEqualTo(1200);
        }
        return last;
    }

    private static byte[] with(String text) {
        return text.replace("%", IMAGE).getBytes(UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"i\":\"%\"}event: error\ndata: {}\n\n",
                "{\"i\":\"%\"}\n{\"i\":\"x\"}",
                "{\"i\":\"%\"} ]",
                "{\"i\":\"%\"}\u0000",
                "{\"i\":\"%\"}\"",
                "data: {\"i\":\"%\"} trailing\n\n",
                "data: {\"i\":\"%\"}\ndata: {\"i\":\n\n"
            })
    void whatStandsBehindAWholeAnswerIsPassedOverAndTold(String body) {
        assertThat(image(with(body), true).isFollowed()).isTrue();
        assertThat(image(with(body), false).isFollowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"i\":\"%\"}", " {\"i\":\"%\"} \r\n\t", "data: {\"i\":\"%\"}\n\n"})
    void nothingIsToldWhereNothingFollows(String body) {
        assertThat(image(with(body), true).isFollowed()).isFalse();
    }

    @Test
    void whatStandsBehindADocumentIsNotKept() {
        var reader = PayloadReader.detect(null, LIMITS.textBytes(100));
        var garbage = "{} garbage".repeat(1000).getBytes(UTF_8);
        assertThat(reader.feed(garbage, 0, garbage.length)).isEmpty();
        assertThat(reader.isWhole()).isTrue();
        assertThat(reader.end()).singleElement().matches(LiftedPayload::isFollowed);
    }

    @Test
    void aDocumentIsWholeFromItsLastBraceOn() {
        var body = with(" {\"i\":\"%\",\"x\":[{}],\"y\":\"}\\\"}\"} ");
        var reader = reader();
        for (int i = 0; i < body.length; i++) {
            reader.feed(body, i, 1);
            assertThat(reader.isWhole()).as("byte %d", i).isEqualTo(i >= body.length - 2);
        }
    }

    @Test
    void aStreamIsNeverWhole() {
        var reader = reader();
        var body = with("data: {\"i\":\"%\"}\n\n");
        reader.feed(body, 0, body.length);
        assertThat(reader.isWhole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"i\":\"%\"}",
                "data: {\"i\":\"%\"}\n",
                "data: {\"i\":\"%\"}\r",
                "data: {\"i\":\"%\"}\r\n",
                "data: {\"i\":\"%\"}\nevent: x",
                "data: {\"i\":\ndata: \"%\"}\nid",
            })
    void aPendingEventCountsIfItIsAWholeObjectAndTheEndIsProven(String body) {
        image(with(body), true);
        for (int cut = 0; cut <= with(body).length; cut++) {
            assertThat(read(with(body), cut, false)).isEmpty();
        }
    }

    @Test
    void aPendingEventHasItsTypeWhereverThatStands() {
        assertThat(image(with("event: a\ndata: {\"i\":\"%\"}"), true).event()).isEqualTo("a");
        assertThat(image(with("data: {\"i\":\"%\"}\nevent: a"), true).event()).isEqualTo("a");
    }

    @Test
    void aPendingEndMarkCounts() {
        assertThat(read("data: [DONE]".getBytes(UTF_8), 0, true))
                .singleElement()
                .matches(LiftedPayload::isDone);
        assertThat(read("data: [DONE]".getBytes(UTF_8), 0, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"data: [1]", "data: 1", "data: true", "data: text", "data: {\"i\":\"%\"", "event: a", ": x"})
    void whatElseIsPendingIsDropped(String body) {
        assertThat(read(with(body), 0, true)).isEmpty();
    }

    /** A proxy may cut the text and end the transfer in order: nothing but the whole counts. */
    @Test
    void aPendingEventThatIsCutAnywhereIsDropped() {
        var body = with("data: {\"x\":{\"y\":[1]},\"i\":\"%\"}");
        for (int length = 0; length < body.length; length++) {
            var reader = PayloadReader.detect("text/event-stream", LIMITS);
            reader.feed(body, 0, length);
            assertThat(reader.end(true)).as("%d bytes", length).isEmpty();
        }
    }

    @Test
    void whereTheBlankLineBetweenTwoEventsIsMissingBothAreRead() {
        var payloads = read(with("data: {\"i\":\"%\"}\ndata: {\"j\":\"%\"}\ndata: [DONE]\n\n"), 0, true);
        assertThat(payloads).hasSize(3);
        assertThat(payloads.get(1).blob(payloads.get(1).json().path("j")).size())
                .isEqualTo(1200);
        assertThat(payloads.get(2).isDone()).isTrue();
        assertThat(payloads).noneMatch(LiftedPayload::isFollowed);
    }

    /** Or a preview would be taken for what the type of the last event says. */
    @Test
    void theTypeBelongsToTheLastOfThem() {
        var payloads = read("event: a\ndata: {\"x\":1}\nevent: b\ndata: {\"x\":2}\n\n".getBytes(UTF_8), 0, true);
        assertThat(payloads).extracting(LiftedPayload::event).containsExactly(null, "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff", "\u00c3", "\\x", "\\", "\\u12g4", "\\u1", "\u0001", "\u0000", "\t", "\\\u00e9"})
    void whatIsWrongInATextCostsNoImage(String wrong) {
        for (String frame :
                List.of("{\"t\":\"a" + wrong + "b\",\"i\":\"%\"}", "{\"i\":\"%\",\"t\":\"" + wrong + "c\"}")) {
            for (String body : List.of(frame, "data: " + frame + "\n\n")) {
                image(body.replace("%", IMAGE).getBytes(ISO_8859_1), true);
            }
        }
    }

    @Test
    void aLineEndInTheMiddleOfAnImageIsPassedOver() {
        image(("{\"i\":\"" + IMAGE.replaceAll(".{76}", "$0\n") + "\"}").getBytes(UTF_8), true);
        image(("data: {\"i\":\"" + IMAGE.substring(4) + "\ndata: QUJD\"}\n\n").getBytes(UTF_8), true);
    }

    /** What is left of such a string reads as another image. */
    @Test
    void anImageWithAControlCharacterInItIsNoneAtAll() {
        var body = ("{\"i\":\"" + IMAGE + "\u0001" + IMAGE + "\"}").getBytes(UTF_8);
        assertThatExceptionOfType(WireException.MalformedJson.class).isThrownBy(() -> read(body, 0, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"i\":\"%\",}",
                "{\"i\":\"%\",'a':1}",
                "{\"i\":\"%\"\"a\":1}",
                "{\"i\":\"%\" \\x}",
                "{\"i\":NaN}"
            })
    void whatIsWrongBesideStringsIsNoJson(String body) {
        assertThatExceptionOfType(WireException.class).isThrownBy(() -> read(with(body), 0, true));
    }

    @ParameterizedTest
    @CsvSource({"ping,ping", "ping,2026-11-28T10:00:00Z", "x,{", "x,{\"i\":", "'',text", "x,true story"})
    void dataThatIsNoJsonIsAPayloadThatSaysSo(String type, String data) {
        var payloads = read(("event: " + type + "\ndata: " + data + "\n\ndata: {}\n\n").getBytes(UTF_8), 0, true);
        assertThat(payloads).hasSize(2);
        var odd = payloads.get(0);
        assertThat(odd.unreadable()).isInstanceOf(WireException.MalformedJson.class);
        assertThat(odd.plainText()).isEqualTo(data);
        assertThat(odd.event()).isEqualTo(type.isEmpty() ? null : type);
        assertThat(odd.isDone()).isFalse();
        assertThat(odd.toString()).doesNotContain(data);
        assertThat(payloads.get(1).unreadable()).isNull();
    }

    @Test
    void ofPlainTextTheBeginningIsKept() {
        var body = ("data: " + "x".repeat(100_000) + "\n\n").getBytes(UTF_8);
        assertThat(read(body, 0, true).get(0).plainText()).isEqualTo("x".repeat(2000));
    }

    /** Whole strings and what is around them; never a string that breaks off. */
    @Test
    void ofWhatIsCutAnywhereTheWholeImagesAreLeft() {
        var first = "{\"data\":[{\"i\":\"" + IMAGE + "\"";
        var body = first + ",\"x\":1},{\"i\":\"" + IMAGE + "\"";
        var second = body.length();
        body += "}],\"usage\":{\"n\":17}";
        for (String frame : List.of("", "event: a\ndata: ")) {
            var bytes = (frame + body).getBytes(UTF_8);
            for (int length = 0; length <= bytes.length; length++) {
                var reader = reader();
                reader.feed(bytes, 0, length);
                var partial = reader.unfinished();
                int read = length - frame.length();
                assertThat(images(partial))
                        .as("%d bytes", length)
                        .isEqualTo(read >= second ? 2 : read >= first.length() ? 1 : 0);
            }
        }
    }

    private static long images(Payload partial) {
        return partial == null
                ? 0
                : partial.json()
                        .path("data")
                        .valueStream()
                        .filter(item -> {
                            var blob = partial.blob(item.path("i"));
                            return blob != null && blob.size() == 1200;
                        })
                        .count();
    }

    @Test
    void whatIsLeftOfAnEventThatIsNoJsonIsThereToo() {
        var odd = read(with("event: a\ndata: {\"data\":[{\"i\":\"%\"}], oops}\n\n"), 0, true)
                .get(0);
        assertThat(odd.unreadable()).isNotNull();
        assertThat(images(odd.remains())).isEqualTo(1);
    }

    @Test
    void aStrictReaderTakesNoneOfIt() {
        for (String body : List.of("{} {}", "{\"a\":\"\\x\"}", "{\"a\":\"\t\"}")) {
            assertThatExceptionOfType(WireException.MalformedJson.class)
                    .isThrownBy(() -> Reads.one(PayloadReader.document(LIMITS), body));
        }
        assertThatExceptionOfType(WireException.MalformedJson.class)
                .isThrownBy(() -> Reads.one(PayloadReader.stream(LIMITS), "event: ping\ndata: ping\n\n"));
    }
}
