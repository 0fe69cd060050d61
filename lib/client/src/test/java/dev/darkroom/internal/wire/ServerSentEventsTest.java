package dev.darkroom.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.settings.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventsTest {

    private static Event message(String data) {
        return new Event("message", data, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void anyLineEndEndsALineHoweverItIsCut(String end) {
        var stream = "event: é\ndata: 日本\ndata:2\nid: 7\n\n: comment\ndata: x\n\nretry: 12\n".replace("\n", end);
        var bytes = stream.getBytes(UTF_8);
        var expected = List.of(new Event("é", "日本\n2", "7"), new Event("message", "x", "7"));
        for (int at = 0; at <= bytes.length; at++) {
            var recorded =
                    new RecordedEvents().feed(bytes, 0, at).feed(bytes, at, at).feed(bytes, at, bytes.length);
            assertThat(recorded.events).as("cut at %d", at).isEqualTo(expected);
            assertThat(recorded.stream.retry()).isEqualTo(12);
        }
        for (int piece : new int[] {1, 2, 3, 7, 200}) {
            assertThat(new RecordedEvents().feed(bytes, piece).events).isEqualTo(expected);
        }
    }

    @Test
    void onlyThreeThingsEndALine() {
        assertThat(RecordedEvents.of("data: a\u2028b\u0085c\u000bd\fe\n\n"))
                .containsExactly(message("a\u2028b\u0085c\u000bd\fe"));
    }

    @Test
    void oneByteOrderMarkIsTakenOffAndNoSecond() {
        assertThat(RecordedEvents.of("\uFEFFdata: 1\n\n")).containsExactly(message("1"));
        assertThat(RecordedEvents.of("\uFEFF\uFEFFdata: 1\n\ndata: 2\n\n")).containsExactly(message("2"));
        assertThat(RecordedEvents.of("data: 1\n\n\uFEFFdata: 2\n\n")).containsExactly(message("1"));
    }

    @Test
    void oneLeadingSpaceBelongsToTheFieldAndNoTab() {
        assertThat(RecordedEvents.of("data:  a \ndata:\tb\n\n")).containsExactly(message(" a \n\tb"));
    }

    @Test
    void aFieldWithoutColonIsEmpty() {
        assertThat(RecordedEvents.of("data\ndata\n\ndata:\n\n")).containsExactly(message("\n"), message(""));
    }

    @Test
    void unknownFieldsAndOtherSpellingsAreIgnored() {
        assertThat(RecordedEvents.of("Data: a\ndatax: b\ndat: c\n data: d\ndata : e\nevents: f\n\n"))
                .isEmpty();
    }

    @Test
    void theTypeIsForgottenAfterABlankLine() {
        assertThat(RecordedEvents.of("event: a\n\ndata: 1\n\nevent: b\nevent:\ndata: 2\n\n"))
                .containsExactly(message("1"), message("2"));
    }

    @Test
    void theIdStaysUnlessItHoldsANull() {
        assertThat(RecordedEvents.of("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\nid\ndata: c\n\n"))
                .containsExactly(
                        new Event("message", "a", "1"), new Event("message", "b", "1"), new Event("message", "c", ""));
    }

    @Test
    void theReconnectionTimeHasDigitsOnly() {
        var stream = "retry: 03000\nretry: 1s\nretry:\nretry: -1\nretry: 99999999999999999999\n";
        assertThat(new RecordedEvents().feed(stream.getBytes(UTF_8), 5).stream.retry())
                .isEqualTo(3000);
    }

    @Test
    void anIncompleteEventIsDropped() {
        assertThat(RecordedEvents.of("data: a\n\ndata: b\n")).containsExactly(message("a"));
        assertThat(RecordedEvents.of("data: b\ndata: c")).isEmpty();
    }

    @Test
    void bytesThatAreNoUtf8AreReplacedInTypesIdsAndData() {
        byte[] stream = "event: e?\nid: i?\ndata: d?\n\n".getBytes(UTF_8);
        for (int i = 0; i < stream.length; i++) {
            stream[i] = stream[i] == '?' ? (byte) 0xE2 : stream[i];
        }
        assertThat(new RecordedEvents().feed(stream, 1).events)
                .containsExactly(new Event("e\uFFFD", "d\uFFFD", "i\uFFFD"));
    }

    @Test
    void tenThousandLinesOfDataAreOneEvent() {
        assertThat(RecordedEvents.of("data:x\n".repeat(10_000) + "\n"))
                .containsExactly(message("x\n".repeat(9_999) + "x"));
    }

    @Test
    void whatIsIgnoredIsNotBuffered() {
        var reader = PayloadReader.stream(Limits.defaults().textBytes(100));
        var junk = "x".repeat(1000).getBytes(UTF_8);
        for (String field : new String[] {": ", "unknown: ", ""}) {
            feed(reader, field);
            for (int i = 0; i < 1000; i++) {
                assertThat(reader.feed(junk, 0, junk.length)).isEmpty();
            }
            feed(reader, "\n");
        }
        assertThat(reader.feed("data: 1\n\n".getBytes(UTF_8), 0, 9)).hasSize(1);
    }

    private static void feed(PayloadReader reader, String text) {
        var bytes = text.getBytes(UTF_8);
        assertThat(reader.feed(bytes, 0, bytes.length)).isEmpty();
    }
}
