package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.settings.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectionTest {

    private static final String STREAM = "text/event-stream";
    private static final String JSON = "application/json";

    private static List<LiftedPayload> read(String contentType, String body, int piece) {
        return Reads.all(PayloadReader.detect(contentType, Limits.defaults()), body.getBytes(UTF_8), piece);
    }

    /** The one payload has x = 1, whatever the size of the pieces. */
    private static void assertReads(String contentType, String body) {
        for (int piece : new int[] {1, 2, 3, 5, 1000}) {
            assertThat(read(contentType, body, piece))
                    .as("%s in pieces of %d", contentType, piece)
                    .singleElement()
                    .matches(p -> p.json().path("x").intValue() == 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "text/event-stream",
                "text/event-stream;",
                "Text/Event-Stream ; charset=windows-1252",
                "application/json",
                "APPLICATION/JSON; charset=utf-8",
                "application/vnd.x+json",
                "application/problem+json",
                "text/json",
                "text/plain",
                "application/octet-stream",
                "application/x-ndjson",
                "text/html",
                "application/xml",
                "image/png",
                "no type at all",
                "''",
                "NULL"
            },
            nullValues = "NULL")
    void whereTheTypeLiesTheBytesDecide(String contentType) {
        assertReads(contentType, "{\"x\":1}");
        assertReads(contentType, "\uFEFF \n\t{\"x\":1}");
        for (String start :
                new String[] {"data: ", "data:", ": hello\n\ndata:", "event: e\ndata:", "id:7\ndata:", "retry: 1\ndata:"
                }) {
            assertReads(contentType, start + "{\"x\":1}\n\n");
            assertReads(contentType, "\uFEFF" + start + "{\"x\":1}\r\n\r\n");
            assertReads(contentType, "\r\n\n" + start + "{\"x\":1}\n\n");
        }
    }

    @Test
    void aStreamMayBeginWithAnythingElse() {
        assertReads(STREAM, "date: 1\ndata: {\"x\":1}\n\n");
        assertReads(STREAM, "data\n\ndata: {\"x\":1}\n\n");
        assertReads(STREAM, "\uFEFF\uFEFFdata: 0\ndata: {\"x\":1}\n\n");
        assertReads(STREAM, "  data: {\"y\":2}\ndata: {\"x\":1}\n\n");
        assertThat(read(STREAM, "", 1)).isEmpty();
        assertThat(read(STREAM, " \n", 1)).isEmpty();
        assertThat(read(STREAM, "da", 1)).isEmpty();
    }

    @Test
    void keepAlivesOfAnyLengthMayPrecedeADocument() {
        var reader = PayloadReader.detect(JSON, Limits.defaults().textBytes(100));
        var space = " \r\n".repeat(10_000).getBytes(UTF_8);
        assertThat(reader.feed(space, 0, space.length)).isEmpty();
        reader.feed("1".getBytes(UTF_8), 0, 1);
        assertThat(reader.end()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "<html>", "error: no", "dat", "  data: {}\n\n", "\tevent: e", "retr", "data", "\uFEFF"})
    void jsonThatIsNoneIsAnError(String body) {
        for (int piece : new int[] {1, 1000}) {
            assertThatThrownBy(() -> read(JSON, body, piece)).isInstanceOf(WireException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "Bad gateway", "error: no", "\u0000", "dates"})
    void bytesThatAreNeitherAreRefusedAtOnce(String body) {
        var reader = PayloadReader.detect(null, Limits.defaults());
        var bytes = body.getBytes(UTF_8);
        assertThatExceptionOfType(WireException.UnsupportedContent.class)
                .isThrownBy(() -> reader.feed(bytes, 0, bytes.length))
                .matches(e -> e.mediaType() == null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html; charset=utf-8", "image/png", "application/json", STREAM})
    void aWebPageIsRefusedAtItsFirstByteByTheNameOfItsType(String contentType) {
        var reader = PayloadReader.detect(contentType, Limits.defaults());
        assertThatExceptionOfType(WireException.UnsupportedContent.class)
                .isThrownBy(() -> reader.feed(" \n<".getBytes(UTF_8), 0, 3))
                .matches(e -> contentType.startsWith(String.valueOf(e.mediaType())))
                .withMessageContaining(contentType.split(";")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x bogus", "a/b\u0007c", "text/<script>"})
    void typesThatAreNoneAreNotRepeated(String contentType) {
        var reader = PayloadReader.detect(contentType, Limits.defaults());
        assertThatExceptionOfType(WireException.UnsupportedContent.class)
                .isThrownBy(() -> reader.feed("<".getBytes(UTF_8), 0, 1))
                .matches(e -> e.mediaType() == null && !e.getMessage().contains(contentType));
    }

    @Test
    void anEmptyAnswerOfNoTypeIsTruncated() {
        assertThatThrownBy(() -> read(null, "", 1)).isInstanceOf(WireException.Truncated.class);
    }
}
