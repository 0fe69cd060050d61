package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.settings.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {

    private static final Limits LIMITS = Limits.defaults();
    private static final String SECRET = "a lighthouse at dawn";

    private static PayloadReader stream() {
        return PayloadReader.stream(LIMITS);
    }

    private static PayloadReader document() {
        return PayloadReader.document(LIMITS);
    }

    private static List<LiftedPayload> feed(PayloadReader reader, String text) {
        var bytes = text.getBytes(UTF_8);
        return reader.feed(bytes, 0, bytes.length);
    }

    @Test
    void eachEventWithDataIsAPayloadAsSoonAsItsBlankLineIsThere() {
        var reader = stream();
        assertThat(feed(reader, ": \n\nevent: a\ndata: {\"x\":1}\n")).isEmpty();
        var payloads = feed(reader, "\ndata: {\"x\":2}\n\ndata: {\"x\":");
        assertThat(payloads).extracting(LiftedPayload::event).containsExactly("a", null);
        assertThat(payloads).extracting(p -> p.json().path("x").intValue()).containsExactly(1, 2);
        assertThat(feed(reader, "3}\n\n")).hasSize(1);
        assertThat(reader.end()).isEmpty();
    }

    @Test
    void aDocumentIsAPayloadAtItsEnd() {
        var reader = document();
        assertThat(feed(reader, "\uFEFF {\"x\":")).isEmpty();
        assertThat(feed(reader, "1} \n")).isEmpty();
        var payloads = reader.end();
        assertThat(payloads).hasSize(1);
        assertThat(payloads.get(0).event()).isNull();
        assertThat(payloads.get(0).json().path("x").intValue()).isEqualTo(1);
    }

    @Test
    void anEventWithBlankDataIsNoPayloadAndKillsNoStream() {
        assertThat(feed(stream(), "event: ping\ndata\n\ndata:   \n\ndata:\ndata:\n\ndata: 1\n\n"))
                .hasSize(1);
    }

    @Test
    void doneIsToleratedOnlyIfItIsExactlyThat() {
        var done = Reads.one(stream(), "data: [DONE]\n\n");
        assertThat(done.isDone()).isTrue();
        assertThat(done.json().isMissingNode()).isTrue();
        assertThatThrownBy(() -> feed(stream(), "data: [DONE] \n\n")).isInstanceOf(WireException.MalformedJson.class);
        assertThatThrownBy(() -> Reads.one(document(), "[DONE]")).isInstanceOf(WireException.class);
    }

    @Test
    void dataOfSeveralLinesIsOneText() {
        var payload = Reads.one(stream(), "data: {\"x\":\ndata: [1,\ndata\ndata: 2]}\n\n");
        assertThat(payload.json().path("x")).hasSize(2);
    }

    /** The standard joins lines by a line feed, and JSON has no line feed in a string: whoever breaks an image breaks it. */
    @Test
    void aStringBrokenOverTwoLinesIsMalformedShortOrLong() {
        assertThatExceptionOfType(WireException.MalformedJson.class)
                .isThrownBy(() -> feed(stream(), "data: {\"x\":\"ab\ndata: cd\"}\n\n"))
                .matches(e -> e.offset() <= 8);
        var half = "QUJD".repeat(1000);
        assertThatExceptionOfType(WireException.MalformedJson.class)
                .isThrownBy(() -> feed(stream(), "data: {\"x\":\"" + half + "\ndata: " + half + "\"}\n\n"))
                .matches(e -> Math.abs(e.offset() - 4006) <= 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"x\":1", "[1,", "\"abc", "{\"x\":", "", "  ", "{\"b64_json\":\"%s", "{\"b64_json\":\"%s\""})
    void aDocumentThatEndsEarlyIsTruncated(String document) {
        var text = document.replace("%s", "QUJD".repeat(1000));
        assertThatExceptionOfType(WireException.Truncated.class)
                .isThrownBy(() -> Reads.one(document(), text))
                .matches(e -> e.received() == text.length());
    }

    @Test
    void aMalformedDocumentSaysWhereAlsoBehindAnImage() {
        var start = "{\"é\":\"" + "QUJD".repeat(1000) + "\",\"x\":";
        assertThatExceptionOfType(WireException.MalformedJson.class)
                .isThrownBy(() -> Reads.one(document(), start + "oops}"))
                .matches(e -> Math.abs(e.offset() - start.getBytes(UTF_8).length) <= 5, "points at the culprit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\":1} 2",
                "{}{}",
                "{'x':1}",
                "[1,]",
                "NaN",
                "{\"x\":01}",
                "// \n1",
                "\"\t\"",
                "\uFEFF\uFEFF1"
            })
    void whatIsNotJsonIsRefused(String document) {
        assertThatThrownBy(() -> Reads.one(document(), document)).isInstanceOf(WireException.class);
    }

    @Test
    void bytesThatAreNoUtf8AreRefusedInADocumentAndReplacedInAStream() {
        var json = "{\"x\":\"\u00FF\"}".getBytes(ISO_8859_1);
        assertThatThrownBy(() -> Reads.all(document(), json, 3)).isInstanceOf(WireException.MalformedJson.class);
        var event = "data: {\"x\":\"\u00FF\"}\n\n".getBytes(ISO_8859_1);
        var payload = Reads.all(stream(), event, 3).get(0);
        assertThat(payload.json().path("x").stringValue()).isEqualTo("\uFFFD");
    }

    @Test
    void anErrorBehindAPayloadWaitsForTheNextCallAndStays() {
        var reader = stream();
        assertThat(feed(reader, "data: 1\n\ndata: 2\n\ndata: oops\n\ndata: 3\n\n"))
                .hasSize(2);
        assertThatThrownBy(() -> feed(reader, "data: 4\n\n")).isInstanceOf(WireException.MalformedJson.class);
        assertThatThrownBy(reader::end).isInstanceOf(WireException.MalformedJson.class);
    }

    @Test
    void nothingIsReadAfterTheEnd() {
        var reader = stream();
        assertThat(reader.end()).isEmpty();
        assertThatIllegalStateException().isThrownBy(() -> feed(reader, "data: 1\n\n"));
        assertThatIllegalStateException().isThrownBy(reader::end);
    }

    @Test
    void buffersOfAllKindsAreReadToTheirEndAndLeftToTheirOwner() {
        var text = "data: {\"x\":\"" + "QUJD".repeat(20_000) + "\"}\n\n";
        var bytes = text.getBytes(UTF_8);
        int half = bytes.length / 2;
        var buffers = List.of(
                PooledByteBufAllocator.DEFAULT
                        .directBuffer()
                        .writeByte('!')
                        .writeBytes(bytes)
                        .skipBytes(1),
                PooledByteBufAllocator.DEFAULT
                        .heapBuffer()
                        .writeByte('!')
                        .writeBytes(bytes)
                        .skipBytes(1),
                Unpooled.wrappedBuffer(bytes).asReadOnly(),
                Unpooled.wrappedBuffer(
                        Unpooled.copiedBuffer(bytes, 0, half),
                        Unpooled.directBuffer().writeBytes(bytes, half, bytes.length - half)));
        for (ByteBuf buffer : buffers) {
            var payload = stream().feed(buffer).get(0);
            assertThat(payload.blob(payload.json().path("x")).size()).isEqualTo(60_000);
            assertThat(buffer.isReadable()).isFalse();
            assertThat(buffer.refCnt()).isEqualTo(1);
            buffer.release();
        }
    }

    @Test
    void aBufferThatCannotBeReadFailsTooAndStaysWithItsOwner() {
        var buffer = PooledByteBufAllocator.DEFAULT.directBuffer();
        buffer.writeCharSequence("data: oops\n\n", UTF_8);
        assertThatThrownBy(() -> stream().feed(buffer)).isInstanceOf(WireException.MalformedJson.class);
        assertThat(buffer.release()).isTrue();
    }

    @Test
    void nothingShowsWhatWasSaid() {
        var image =
                Base64.getEncoder().encodeToString((SECRET + " ").repeat(300).getBytes(UTF_8));
        var payload = Reads.one(
                stream(), "event: " + SECRET + "\ndata: {\"p\":\"" + SECRET + "\",\"i\":\"" + image + "\"}\n\n");
        assertThat(payload.toString()).doesNotContain(SECRET);
        var node = payload.json().path("i");
        for (Object shown : List.of(node, payload.json().toPrettyString(), payload.blob(node))) {
            assertThat(shown.toString()).doesNotContain(image.substring(0, 40));
        }
        for (String bad : List.of(
                "{\"p\":\"" + SECRET + "\"" + SECRET,
                "{" + SECRET,
                SECRET,
                "[tru" + SECRET.replace(" ", ""),
                "{\"p\":\"\\" + SECRET,
                "{\"" + image + "\":\u0001}",
                "[1" + SECRET + "]",
                "[" + "9".repeat(1001) + "]")) {
            assertThatThrownBy(() -> Reads.one(document(), bad))
                    .isInstanceOf(WireException.class)
                    .hasNoCause()
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("lighthouse", "dawn", image, "999"));
        }
    }

    @Test
    void deepNestingIsRefusedAndDoesNotExhaustTheStack() {
        assertThat(Reads.one(document(), "[".repeat(500) + "]".repeat(500)).json())
                .isNotNull();
        for (String open : List.of("[", "{\"x\":", "[{\"x\":")) {
            assertThatThrownBy(() -> Reads.one(document(), open.repeat(100_000)))
                    .isInstanceOf(WireException.class);
        }
    }
}
