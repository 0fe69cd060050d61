package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.emulator.RawTestClient.Answer;
import dev.darkroom.emulator.RawTestClient.End;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.emulator.journal.Outcome;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The faults of framing and transport, byte by byte as they were promised. */
class WireFaultTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().partials(2).start();
    private static final Pattern GARBAGE = Pattern.compile("[\u00F8-\u00FF]+");

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    private static ObjectNode document() {
        return small(MINI).put("size", "64x64");
    }

    private static ObjectNode stream() {
        return document().put("stream", true);
    }

    private static Answer stream(String order) {
        return RawTestClient.post(EMULATOR, stream(), FaultHeader.NAME, order);
    }

    private static Answer document(String order) {
        return RawTestClient.post(EMULATOR, document(), FaultHeader.NAME, order);
    }

    private static String afterTheHead(Answer answer) {
        return answer.text().substring(answer.head().length() + 4);
    }

    private static List<String> lengths(Answer answer) {
        return answer.headerLines().stream()
                .filter(line -> line.startsWith("Content-Length: "))
                .map(line -> line.substring(16))
                .toList();
    }

    private static Entry lastSettled() {
        var entries = EMULATOR.journal().awaitSettled(Deadline.LIMIT).entries();
        return entries.get(entries.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut; bytes=1200", "limit_data; bytes=1200", "CUT;bytes=1200;"})
    void aCutAtAByteComesExactlyThere(String order) {
        for (var answer : List.of(stream(order), document(order))) {
            assertThat(answer.end()).isEqualTo(End.FIN);
            assertThat(answer.text()).startsWith("HTTP/1.1 200 OK\r\n").hasSize(1200);
        }
        assertThat(lastSettled().outcome()).isInstanceOf(Outcome.Broken.class);
    }

    @Test
    void aResetAtAByteComesThere() {
        var answer = stream("reset; bytes=1200");

        assertThat(answer.end()).isEqualTo(End.RST);
        assertThat(answer.text().length()).isLessThanOrEqualTo(1200);
        var peer = stream("reset_peer");
        assertThat(peer.end()).isEqualTo(End.RST);
        assertThat(peer.text()).isEmpty();
    }

    @Test
    void aStallAtAByteIsSilenceFromThereOn() {
        var answer = stream("stall; bytes=10; lasting=50ms");

        assertThat(answer.text()).isEqualTo("HTTP/1.1 2");
        assertThat(answer.end()).isEqualTo(End.FIN);
    }

    @Test
    void aFaultBehindTheLastByteComesBehindTheLastByte() {
        assertThat(stream("cut; bytes=100000000").endsProperly()).isTrue();
    }

    @Test
    void aHalfCloseIsAnEndBehindWhichTheServerStillListens() throws IOException {
        try (var socket = RawTestClient.open(EMULATOR, stream(), FaultHeader.NAME, "half-close; after=0")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("data: {")
                    .doesNotContain("\n\n");
            var entries = EMULATOR.journal().entries();
            assertThat(entries.get(entries.size() - 1).outcome()).isInstanceOf(Outcome.Pending.class);
        }
        assertThat(lastSettled().outcome()).isInstanceOf(Outcome.Broken.class);
    }

    @Test
    void garbageStandsWhereItWasOrderedAndNowhereElse() {
        var answer = stream("garbage; bytes=700; size=8");
        var found = GARBAGE.matcher(answer.text());

        assertThat(found.find()).isTrue();
        assertThat(found.start()).isEqualTo(700);
        assertThat(found.end()).isEqualTo(708);
        assertThat(found.find()).isFalse();
        assertThat(answer.endsProperly()).isTrue();
    }

    @Test
    void garbageOfWhichNothingIsSaidStandsInTheMiddleOfTheSecondEventOrOfTheDocument() {
        var events = TestClient.data(stream("garbage").body());
        assertThat(events)
                .hasSizeGreaterThan(2)
                .filteredOn(data -> GARBAGE.matcher(data).find())
                .containsExactly(events.get(1));
        assertThat(GARBAGE.matcher(document("garbage").text()).results())
                .singleElement()
                .satisfies(found -> assertThat(found.group()).hasSize(16));
    }

    @Test
    void aLengthCanBeTooLongOrTooShort() {
        var tooLong = document("length-too-long");
        assertThat(Integer.parseInt(lengths(tooLong).get(0)))
                .isEqualTo(afterTheHead(tooLong).length() + 100);
        assertThat(tooLong.end()).isEqualTo(End.FIN);
        var tooShort = document("length-too-short");
        assertThat(Integer.parseInt(lengths(tooShort).get(0)))
                .isEqualTo(afterTheHead(tooShort).length() / 2);
        assertThat(lengths(document("length-too-short; bytes=3"))).containsExactly("3");
        for (var order : List.of("length-too-short; bytes=50", "length-too-long; bytes=99999999")) {
            var answer = stream(order);
            assertThat(answer.head()).doesNotContain("chunked").contains("\r\nContent-Length: " + order.split("=")[1]);
            assertThat(afterTheHead(answer)).startsWith("data: {").endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void aLengthCanBeTwoOrNoneOrBesideChunks() {
        assertThat(lengths(document("two-lengths"))).hasSize(2).doesNotHaveDuplicates();
        assertThat(lengths(stream("invalid-length"))).containsExactly("twelve");
        var both = stream("length-and-chunks");
        assertThat(lengths(both)).hasSize(1);
        assertThat(both.head()).contains("Transfer-Encoding: chunked");
        assertThat(both.body()).endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "chunk-too-long, 100",
        "chunk-too-long; size=7, 7",
        "chunk-too-short, -100",
        "chunk-too-short; size=1, -1"
    })
    void aChunkCanLieAboutItsSize(String order, int difference) {
        var body = afterTheHead(stream(order));
        int said = Integer.parseInt(body.substring(0, body.indexOf("\r\n")), 16);
        int real = body.indexOf("\r\n", body.indexOf("\r\n") + 2) - body.indexOf("\r\n") - 2;

        assertThat(said - real).isEqualTo(difference);
        assertThat(body).endsWith("data: [DONE]\n\n\r\n0\r\n\r\n");
    }

    @Test
    void aChunkCanHaveASizeNobodyCanRead() {
        assertThat(afterTheHead(document("invalid-chunk"))).startsWith("zz\r\n{");
        assertThat(afterTheHead(stream("huge-chunk"))).startsWith("7fffffffffffffff\r\ndata: {");
        assertThat(afterTheHead(stream("invalid-chunk; after=1"))).contains("\n\n\r\nzz\r\ndata: {");
    }

    @Test
    void theLastChunkCanBeMissing() {
        var answer = stream("no-last-chunk");

        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
        assertThat(answer.endsProperly()).isFalse();
        assertThat(answer.end()).isEqualTo(End.FIN);
    }

    @Test
    void aHeadCanHaveNoEnd() {
        var endless = stream("endless-head; bytes=100000");
        assertThat(endless.text()).startsWith("HTTP/1.1 200 OK\r\nX-Filler: ").doesNotContain("\r\n\r\n");
        assertThat(endless.text().length()).isBetween(100_000, 120_000);
        var half = document("half-head; lasting=20ms");
        assertThat(half.text()).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("\r\n\r\n");
    }

    @Test
    void headsOfTheOneHundredsCanComeBeforeTheAnswer() {
        assertThat(document("informational").text())
                .startsWith(
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink:")
                .contains("\r\n\r\nHTTP/1.1 200 OK\r\n")
                .endsWith("}");
        assertThat(stream("informational; count=7").text().split("HTTP/1\\.1 1", -1))
                .hasSize(8);
        assertThat(lastSettled().outcome()).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void anAnswerCanComeTwice() {
        var text = document("stray-answer; lasting=20ms").text();

        assertThat(text).doesNotContain("Connection: close").hasSize(text.length() / 2 * 2);
        assertThat(text.substring(text.length() / 2))
                .isEqualTo(text.substring(0, text.length() / 2))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void anyRequestCanBeRedirectedAndNothingIsMade() {
        var here = document("redirect");
        assertThat(here.text())
                .startsWith("HTTP/1.1 302 Found\r\n")
                .contains("ocation: http://localhost/openrouter/api/v1/images\r\n");
        var there = stream("redirect; status=307; location=http://example.com/x?y=z");
        assertThat(there.text()).startsWith("HTTP/1.1 307 ").contains("ocation: http://example.com/x?y=z\r\n");
        assertThat(lastSettled().images().accepted()).isZero();
    }

    @Test
    void aPortalCanStandInTheWay() {
        assertThat(stream("html-ok").text())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("text/html")
                .contains("<h1>Sign in</h1>");
        assertThat(lastSettled().images().accepted()).isZero();
    }

    @Test
    void otherCompressionsNobodyAskedForCanBeReadOrNot() throws IOException {
        var deflated = stream("deflate");
        assertThat(deflated.head().toLowerCase(Locale.ROOT)).contains("content-encoding: deflate");
        assertThat(new InflaterInputStream(bytes(deflated.body())).readAllBytes())
                .asString()
                .startsWith("data: {")
                .endsWith("[DONE]\n\n");
        var cut = document("gzip-cut");
        assertThat(cut.endsProperly()).isTrue();
        assertThatThrownBy(() -> new GZIPInputStream(bytes(cut.body())).readAllBytes())
                .isInstanceOf(EOFException.class);
        var unknown = document("unknown-encoding");
        assertThat(unknown.head().toLowerCase(Locale.ROOT)).contains("content-encoding: br");
        assertThat(unknown.body()).matches(GARBAGE);
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rset | did you mean reset?",
                "reset_pear | did you mean reset-peer?",
                "reset; byte=1 | it takes times is",
                "reset; byte=1 | bytes is a byte of the answer, counted from its first with its head, or a length in bytes (0 or more), such as bytes=1200",
                "reset; bytes | bytes has no value",
                "reset; bytes=-1 | out of range",
                "reset; bytes=many | \\\"many\\\" is not",
                "stall; lasting=soon | such as lasting=500ms",
                "cut; lasting=1 | the fault cut takes no \\\"lasting\\\"",
                "expired-certificate | before a request can be read",
                "refused-stream | needs HTTP/2",
                "truncated-record | needs TLS"
            })
    void aMistypedOrderIsA400WhichSaysWhatWouldBeRight(String order, String help) {
        var answer = stream(order);

        assertThat(answer.text()).startsWith("HTTP/1.1 400 ").contains(help);
        assertThat(lastSettled().images().accepted()).isZero();
    }

    @Test
    void aScriptOrdersByTheSameWords() {
        EMULATOR.enqueue("html-forbidden", "redirect; times=1000000");

        assertThat(RawTestClient.post(EMULATOR, document()).text()).startsWith("HTTP/1.1 403 ");
        assertThat(RawTestClient.post(EMULATOR, document()).text()).startsWith("HTTP/1.1 302 ");
        assertThat(EMULATOR.remainingFaults()).isEqualTo(999_999);
        EMULATOR.clearFaults();
        assertThatThrownBy(() -> EMULATOR.enqueue("cutt")).hasMessageContaining("did you mean cut?");
    }
}
