package dev.darkroom.emulator;

import static dev.darkroom.emulator.RawHttp2Client.DATA;
import static dev.darkroom.emulator.RawHttp2Client.GOAWAY;
import static dev.darkroom.emulator.RawHttp2Client.RST_STREAM;
import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.small;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.RawHttp2Client.Frame;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.emulator.journal.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The faults of HTTP/2, frame by frame as they were promised. */
class Http2FaultTest {

    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().partials(2).start();
    private static final Trusting TRUSTING = Trusting.of(EMULATOR);

    private RawHttp2Client client;

    @BeforeEach
    void connect() throws IOException {
        client = new RawHttp2Client(TRUSTING);
    }

    @AfterEach
    void hangUp() throws IOException {
        client.close();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    private static ObjectNode stream() {
        return small(MINI).put("stream", true);
    }

    private static String body(List<Frame> frames) {
        return frames.stream()
                .filter(frame -> frame.type() == DATA)
                .map(Frame::text)
                .collect(joining());
    }

    private static Entry lastSettled() {
        var entries = EMULATOR.journal().awaitSettled(Deadline.LIMIT).entries();
        return entries.get(entries.size() - 1);
    }

    @Test
    void severalStreamsAreAnsweredOnOneConnection() throws IOException {
        client.post(stream(), "none");
        client.post(small(MINI), "none");
        var ended = new int[1];
        var frames = client.until(frame -> frame.ends() && ++ended[0] == 2);

        assertThat(frames).extracting(Frame::stream).contains(1, 3);
        assertThat(body(frames)).contains("data: [DONE]\n\n").contains("\"data\":[");
    }

    @Test
    void aRefusedStreamIsNeverAccepted() throws IOException {
        client.post(stream(), "refused-stream");
        var reset = client.until(frame -> frame.type() == RST_STREAM);

        assertThat(reset).singleElement().satisfies(frame -> {
            assertThat(frame.stream()).isEqualTo(1);
            assertThat(frame.code()).isEqualTo(7);
        });
        assertThat(lastSettled().images().accepted()).isZero();
        client.post(stream(), "none");
        assertThat(body(client.until(Frame::ends)))
                .as("the next on the same connection")
                .endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({"stream-reset; after=0, 2", "stream-reset; after=0; code=8, 8"})
    void aStreamCanBeResetInTheMiddleOfAnEventAndLeavesTheConnectionAlone(String order, int code) throws IOException {
        client.post(stream(), order);
        var frames = client.until(frame -> frame.type() == RST_STREAM);

        assertThat(body(frames)).startsWith("data: {").doesNotContain("\n");
        assertThat(frames.get(frames.size() - 1).code()).isEqualTo(code);
        assertThat(lastSettled().outcome()).isInstanceOf(Outcome.Broken.class);
        client.post(stream(), "none");
        assertThat(body(client.until(Frame::ends))).endsWith("data: [DONE]\n\n");
    }

    @Test
    void aServerCanGoAwayAndStillAnswerWhatItHasAccepted() throws IOException {
        client.post(stream(), "goaway");
        var frames = client.until(frame -> false);
        var goodbye = frames.stream().filter(frame -> frame.type() == GOAWAY).findFirst();

        assertThat(goodbye).hasValueSatisfying(frame -> {
            assertThat(frame.lastStream()).isEqualTo(1);
            assertThat(frame.code()).isZero();
        });
        assertThat(body(frames)).endsWith("data: [DONE]\n\n");
    }

    @Test
    void aServerCanGoAwayWithoutAcceptingTheStream() throws IOException {
        client.post(stream(), "none");
        client.until(Frame::ends);
        client.post(stream(), "goaway-refused; code=11");
        var frames = client.until(frame -> false);

        assertThat(frames).filteredOn(frame -> frame.type() == GOAWAY).first().satisfies(frame -> {
            assertThat(frame.lastStream()).isEqualTo(1);
            assertThat(frame.code()).isEqualTo(11);
        });
        assertThat(body(frames)).isEmpty();
        assertThat(lastSettled().images().accepted()).isZero();
    }

    @Test
    void aServerCanGoAwayInTheMiddleOfWhatItHasAccepted() throws IOException {
        client.post(stream(), "goaway-cut");
        var frames = client.until(frame -> false);

        assertThat(frames)
                .filteredOn(frame -> frame.type() == GOAWAY)
                .first()
                .satisfies(frame -> assertThat(frame.lastStream()).isEqualTo(1));
        assertThat(TestClient.data(body(frames))).hasSize(2);
        assertThat(body(frames)).doesNotEndWith("\n");
        assertThat(frames).noneMatch(Frame::ends);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut; after=0", "reset; after=0"})
    void aCutOrAResetIsOneOfTheWholeConnection(String order) throws IOException {
        client.post(stream(), order);
        var frames = client.until(frame -> false);

        assertThat(frames).noneMatch(Frame::ends);
        assertThat(lastSettled().outcome()).isInstanceOf(Outcome.Broken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunk-too-long", "cut; bytes=100", "informational", "half-close"})
    void aFaultOfTheOlderProtocolIsA400WhichSaysSo(String order) throws IOException {
        client.post(stream(), order);

        assertThat(body(client.until(Frame::ends))).contains("needs HTTP/1.1");
    }
}
