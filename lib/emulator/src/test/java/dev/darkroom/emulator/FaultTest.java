package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.json;
import static dev.darkroom.emulator.TestClient.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.emulator.RawTestClient.Answer;
import dev.darkroom.emulator.RawTestClient.End;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.Fault.Kind;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.journal.Outcome;
import dev.darkroom.testsupport.NeedsMaterial;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class FaultTest {

    private static final Map<Fault, Integer> STATUSES = Map.ofEntries(
            Map.entry(Fault.BAD_REQUEST, 400),
            Map.entry(Fault.VALIDATION, 400),
            Map.entry(Fault.UNAUTHORIZED, 401),
            Map.entry(Fault.CREDITS, 402),
            Map.entry(Fault.IN_FLIGHT_BUDGET, 402),
            Map.entry(Fault.FORBIDDEN, 403),
            Map.entry(Fault.MODERATION, 403),
            Map.entry(Fault.HTML_FORBIDDEN, 403),
            Map.entry(Fault.NOT_FOUND, 404),
            Map.entry(Fault.MODEL_NOT_FOUND, 404),
            Map.entry(Fault.REQUEST_TIMEOUT, 408),
            Map.entry(Fault.TOO_LARGE, 413),
            Map.entry(Fault.RATE_LIMIT, 429),
            Map.entry(Fault.RATE_LIMIT_DATE, 429),
            Map.entry(Fault.RATE_LIMIT_MILLIS, 429),
            Map.entry(Fault.RATE_LIMIT_UPSTREAM, 429),
            Map.entry(Fault.RATE_LIMIT_AVAILABILITY, 429),
            Map.entry(Fault.RATE_LIMIT_SILENT, 429),
            Map.entry(Fault.SPENT_QUOTA, 429),
            Map.entry(Fault.SERVER_ERROR, 500),
            Map.entry(Fault.PROVIDER_ERROR, 502),
            Map.entry(Fault.HTML_BAD_GATEWAY, 502),
            Map.entry(Fault.PROXY_UNAVAILABLE, 503),
            Map.entry(Fault.UNAVAILABLE, 503),
            Map.entry(Fault.CAPACITY, 503),
            Map.entry(Fault.GATEWAY_TIMEOUT, 504),
            Map.entry(Fault.EDGE_TIMEOUT, 524),
            Map.entry(Fault.OVERLOADED, 529),
            Map.entry(Fault.HTML_OK, 200),
            Map.entry(Fault.ERROR_IN_OK, 200));

    private static RunningEmulator emulator;
    private static TestClient client;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().partials(2).start();
        client = new TestClient(emulator);
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @AfterEach
    void everyFaultHasHappened() {
        assertThat(emulator.remainingFaults()).isZero();
    }

    static Stream<Fault> refusals() {
        return Arrays.stream(Fault.values()).filter(fault -> fault.kind() == Kind.REFUSAL);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalHasItsStatusAndMakesNothing(Fault fault) {
        emulator.enqueue(fault);
        var response = client.post(small(MINI).put("stream", true));

        assertThat(response.statusCode()).isEqualTo(STATUSES.get(fault));
        assertThat(response.headers().firstValue("X-Generation-Id")).isEmpty();
        if (response.headers().firstValue("Content-Type").orElseThrow().equals("application/json")) {
            assertThat(json(response).has("error")).isTrue();
            assertThat(json(response).has("data")).isFalse();
        } else {
            assertThat(response.body())
                    .startsWith(fault == Fault.PROXY_UNAVAILABLE ? "upstream connect error" : "<html>");
        }
    }

    @Test
    void thereAreFourShapesOfErrors() {
        emulator.enqueue(Fault.SERVER_ERROR, Fault.CAPACITY, Fault.VALIDATION, Fault.ERROR_EVENT);
        var documented = json(client.post(small(MINI))).path("error");
        var availability = json(client.post(small(MINI))).path("error");
        var zod = json(client.post(small(MINI)));
        var event = client.events(stream()).get(0);

        assertThat(documented.path("code").intValue()).isEqualTo(500);
        assertThat(availability.has("code")).isFalse();
        assertThat(availability.path("availability").path("code").stringValue()).isEqualTo("temporarily_unavailable");
        assertThat(zod.path("success").booleanValue()).isFalse();
        assertThat(TestClient.parse(zod.path("error").path("message").stringValue())
                        .isArray())
                .isTrue();
        assertThat(event.path("type").stringValue()).isEqualTo("error");
        assertThat(event.path("error").path("code").stringValue()).isEqualTo("server_error");
    }

    @Test
    @NeedsMaterial
    void recordedShapesAreKept() {
        Recorded.file("openrouter-recorded/error-400-zod-validation.recorded.json")
                .ifPresent(recorded -> {
                    emulator.enqueue(Fault.VALIDATION);
                    assertThat(client.post(small(MINI)).body().replace("prompt", "input"))
                            .isEqualTo(recorded.toString());
                });
        Recorded.file("openrouter-documented/error-402-in-flight-budget.documented.json")
                .ifPresent(recorded -> {
                    emulator.enqueue(Fault.IN_FLIGHT_BUDGET);
                    assertThat(Recorded.fields(json(client.post(small(MINI))))).isEqualTo(Recorded.fields(recorded));
                });
        Recorded.text("openrouter-documented/images-stream-error.documented.sse.txt")
                .ifPresent(recorded -> {
                    emulator.enqueue(Fault.ERROR_EVENT);
                    assertThat(client.post(stream()).body()).isEqualTo(recorded);
                });
    }

    @Test
    void rateLimitedThreeTimesThenFine() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofMillis(1500)).times(3));

        for (int i = 0; i < 3; i++) {
            assertThat(client.post(small(MINI)).headers().firstValue("Retry-After"))
                    .contains("2");
        }
        assertThat(client.post(small(MINI)).statusCode()).isEqualTo(200);
    }

    @Test
    void aRequestCanAskForItsOwnFault() {
        var response = client.post(small(MINI), FaultHeader.NAME, "rate-limit-millis; retry-after=0.25");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after-ms")).contains("250");
    }

    @Test
    void aRequestCanAskToFailAFewTimes() {
        var body = small(MINI).put("prompt", "a request which nobody else makes");

        assertThat(client.post(body, FaultHeader.NAME, "overloaded; times=2").statusCode())
                .isEqualTo(529);
        assertThat(client.post(body, FaultHeader.NAME, "overloaded; times=2").statusCode())
                .isEqualTo(529);
        assertThat(client.post(body, FaultHeader.NAME, "overloaded; times=2").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aFaultNobodyKnowsIsA400WhichListsThoseWeKnow() {
        var response = client.post(small(MINI), FaultHeader.NAME, "gremlins");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("gremlins").contains("rate-limit-upstream");
        assertThat(client.post(small(MINI), FaultHeader.NAME, "cut; often=1").body())
                .contains("often");
        assertThat(client.post(small(MINI), FaultHeader.NAME, "cut; after=x").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultHasAWordForTheHeader(Fault fault) {
        assertThat(FaultHeader.parse(fault.word() + "; times=2")).isEqualTo(fault.times(2));
    }

    @Test
    void anErrorEventComesAfterAsManyPartialsAsPlanned() {
        emulator.enqueue(Fault.ERROR_EVENT.after(2));
        emulator.enqueue(Fault.RATE_LIMIT_EVENT);

        assertThat(types(client.post(stream()).body()))
                .containsExactly("partial_image", "partial_image", "error", "[DONE]");
        assertThat(client.post(stream()).body()).contains("rate_limit_exceeded");
    }

    @Test
    void aStreamCanLackItsEnd() {
        emulator.enqueue(Fault.NO_TERMINAL, Fault.DONE_ONLY, Fault.NO_DONE);

        assertThat(types(client.post(stream()).body())).containsExactly("partial_image", "partial_image");
        assertThat(types(client.post(stream()).body())).containsExactly("partial_image", "partial_image", "[DONE]");
        assertThat(types(client.post(stream()).body())).containsExactly("partial_image", "partial_image", "completed");
    }

    @Test
    void aStreamCanEndWithoutItsLastBlankLine() {
        emulator.enqueue(Fault.NO_BLANK_LINE);

        assertThat(client.post(stream()).body()).endsWith("}}}");
    }

    @Test
    void aStreamCanHoldWhatNobodyKnows() {
        emulator.enqueue(Fault.UNKNOWN_EVENT, Fault.UNKNOWN_FIELDS, Fault.LATE_PARTIAL, Fault.HUGE_COMMENT);

        assertThat(types(client.post(stream()).body())).startsWith("moderation_pending", "partial_image");
        assertThat(client.events(stream())).allMatch(event -> event.has("telemetry"));
        assertThat(types(client.post(stream()).body())).endsWith("completed", "partial_image", "[DONE]");
        assertThat(client.post(stream()).body()).startsWith(": xxx").hasSizeGreaterThan(1 << 20);
    }

    @Test
    void fieldsCanBeOddInBothKindsOfReply() {
        for (boolean streaming : List.of(true, false)) {
            var body = small(MINI).put("stream", streaming);
            emulator.enqueue(
                    Fault.DATA_URL, Fault.NO_MEDIA_TYPE, Fault.CREATED_ZERO, Fault.NO_USAGE, Fault.UNKNOWN_FIELDS);

            assertThat(client.post(body).body()).contains("\"b64_json\":\"data:image/png;base64,iVBOR");
            assertThat(client.post(body).body()).doesNotContain("media_type");
            assertThat(client.post(body).body()).contains("\"created\":0");
            assertThat(client.post(body).body()).doesNotContain("usage");
            assertThat(client.post(body).body()).contains("telemetry");
        }
    }

    @Test
    void jsonCanBeCutInIntactFraming() {
        emulator.enqueue(Fault.MALFORMED_JSON.after(1), Fault.MALFORMED_JSON.once());

        var data = TestClient.data(client.post(stream()).body());
        assertThat(data.get(0)).endsWith("}");
        assertThat(data.get(1)).doesNotEndWith("}");
        assertThat(client.post(small(MINI)).body()).startsWith("{").doesNotEndWith("}");
    }

    @Test
    void theKindOfReplyCanBeTheOther() {
        emulator.enqueue(Fault.JSON_FOR_STREAM, Fault.STREAM_FOR_JSON, Fault.NO_IMAGES);

        assertThat(contentType(stream())).isEqualTo("application/json");
        assertThat(contentType(small(MINI))).isEqualTo("text/event-stream");
        assertThat(json(client.post(stream())).path("data").isEmpty()).isTrue();
    }

    @Test
    void labelsCanLie() {
        emulator.enqueue(Fault.WRONG_CONTENT_TYPE, Fault.WRONG_CONTENT_TYPE, Fault.NO_CONTENT_TYPE, Fault.GZIP_LIE);

        assertThat(contentType(stream())).isEqualTo("application/json");
        assertThat(contentType(small(MINI))).isEqualTo("text/event-stream");
        assertThat(contentType(stream())).isEmpty();
        var lie = client.post(stream());
        assertThat(lie.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(lie.body()).startsWith("data: {");
    }

    @Test
    void aBodyCanBeCompressedAlthoughNobodyAskedForIt() throws IOException {
        emulator.enqueue(Fault.GZIP, Fault.GZIP);
        var streamed = RawTestClient.post(emulator, stream().put("size", "16x16"));
        var buffered = RawTestClient.post(emulator, small(MINI).put("size", "16x16"));

        assertThat(List.of(streamed, buffered)).allSatisfy(answer -> {
            assertThat(answer.text().toLowerCase(Locale.ROOT)).contains("content-encoding: gzip\r\n");
            assertThat(answer.endsProperly()).isTrue();
        });
        assertThat(inflated(streamed.body()).readAllBytes())
                .asString()
                .startsWith("data: {")
                .contains("b64_json");
        assertThat(TestClient.JSON
                        .readTree(inflated(buffered.body()))
                        .path("data")
                        .size())
                .isEqualTo(1);
        assertThat(inflated(streamed.chunks().get(0)).readNBytes(6))
                .as("what came can be read before more has come")
                .asString()
                .isEqualTo("data: ");
    }

    private static InputStream inflated(String body) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void linesCanEndOtherwise() {
        emulator.enqueue(Fault.NONE, Fault.CRLF, Fault.CR, Fault.BOM);
        var plain = client.post(stream()).body().replaceAll("\"created\":\\d+", "");

        assertThat(client.post(stream()).body().replaceAll("\"created\":\\d+", ""))
                .isEqualTo(plain.replace("\n", "\r\n"));
        assertThat(client.post(stream()).body().replaceAll("\"created\":\\d+", ""))
                .isEqualTo(plain.replace("\n", "\r"));
        assertThat(client.post(stream()).body()).startsWith("\uFEFFdata: ");
    }

    @Test
    void eventLinesCanPrecedeTheData() {
        emulator.enqueue(Fault.EVENT_LINES);

        assertThat(client.post(stream()).body()).startsWith("event: image_generation.partial_image\nid: 0\ndata: {");
    }

    @Test
    void aDripSendsEveryByteInAChunkOfItsOwn() {
        emulator.enqueue(Fault.DRIP, Fault.DRIP);

        for (var body : List.of(stream().put("size", "16x16"), small(MINI).put("size", "16x16"))) {
            var answer = RawTestClient.post(emulator, body);
            var chunks = answer.chunks();
            assertThat(chunks.subList(0, chunks.size() - 1)).allMatch(chunk -> chunk.length() == 1);
            assertThat(answer.endsProperly()).isTrue();
            assertThat(answer.body()).contains("b64_json");
        }
    }

    @Test
    void aCutEndsTheConnectionInTheMiddleOfAnEvent() {
        emulator.enqueue(Fault.CUT, Fault.CUT);
        emulator.enqueue(Fault.CUT.after(0));

        assertCutAfterEvents(RawTestClient.post(emulator, stream()), 1);
        var document = RawTestClient.post(emulator, small(MINI));
        assertThat(document.end()).isEqualTo(End.FIN);
        assertThat(document.endsProperly()).isFalse();
        assertThat(document.body()).startsWith("{\"created\"").doesNotEndWith("}");
        assertCutAfterEvents(RawTestClient.post(emulator, stream()), 0);
        assertThat(lastOutcome()).isInstanceOf(Outcome.Broken.class);
    }

    @Test
    void aResetIsSeenAsOne() {
        emulator.enqueue(Fault.RESET.after(0));

        assertThat(RawTestClient.post(emulator, stream()).end()).isEqualTo(End.RST);
        assertThat(lastOutcome())
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        broken -> assertThat(broken.fault()).isEqualTo(Fault.RESET));
    }

    @Test
    void aTruncationLooksLikeACleanEnd() {
        emulator.enqueue(Fault.TRUNCATED, Fault.TRUNCATED);

        for (var body : List.of(stream(), small(MINI))) {
            var answer = RawTestClient.post(emulator, body);
            assertThat(answer.head())
                    .contains("connection: close")
                    .doesNotContain("chunked")
                    .doesNotContain("ontent-Length");
            assertThat(answer.end()).isEqualTo(End.FIN);
            assertThat(answer.text()).contains("b64_json").doesNotEndWith("}").doesNotEndWith("\n");
        }
    }

    @Test
    void aStallIsSilenceOnAnOpenConnection() throws IOException {
        emulator.enqueue(
                Fault.STALL.after(0),
                Fault.STALLED_HEADERS.once(),
                Fault.STALL.after(0).lasting(Duration.ofMillis(50)));

        try (var stalled = RawTestClient.open(emulator, stream())) {
            assertThat(RawTestClient.upTo("data: {", stalled)).contains("data: {");
            assertSilent(stalled);
        }
        try (var silent = RawTestClient.open(emulator, stream())) {
            Deadline.until(() -> emulator.remainingFaults() == 1); // it was read
            assertSilent(silent);
        }
        assertThat(RawTestClient.post(emulator, stream()).end()).isEqualTo(End.FIN);
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(400);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aReplyCanBeMissingOrLate() {
        emulator.enqueue(Fault.EMPTY_REPLY.once(), Fault.LATE_HEADERS.lasting(Duration.ofMillis(50)));

        var empty = RawTestClient.post(emulator, stream());
        assertThat(empty.end()).isEqualTo(End.FIN);
        assertThat(empty.text()).isEmpty();
        assertThat(types(RawTestClient.post(emulator, stream()).body())).endsWith("completed", "[DONE]");
    }

    @Test
    void scriptedFaultsLeaveTheCatalogueAlone() {
        emulator.enqueue(Fault.SERVER_ERROR);

        assertThat(client.get("/images/models").statusCode()).isEqualTo(200);
        assertThat(client.get("/images/models", FaultHeader.NAME, "overloaded").statusCode())
                .isEqualTo(529);
        assertThat(emulator.remainingFaults()).isEqualTo(1);
        emulator.clearFaults();
    }

    private static void assertCutAfterEvents(Answer answer, int events) {
        assertThat(answer.end()).isEqualTo(End.FIN);
        assertThat(answer.endsProperly()).isFalse();
        var body = answer.body();
        assertThat(TestClient.data(body)).hasSize(events + 1);
        assertThat(body).doesNotEndWith("\n");
    }

    private static Outcome lastOutcome() {
        var entries = emulator.journal().entries();
        long number = entries.get(entries.size() - 1).number();
        return emulator.journal()
                .settled()
                .filter(entry -> entry.number() == number)
                .next()
                .block(Duration.ofMinutes(3))
                .outcome();
    }

    private static ObjectNode stream() {
        return small(MINI).put("stream", true);
    }

    private static String contentType(ObjectNode body) {
        return client.post(body).headers().firstValue("Content-Type").orElse("");
    }

    private static List<String> types(String stream) {
        return TestClient.data(stream).stream()
                .map(data -> data.equals("[DONE]")
                        ? data
                        : TestClient.parse(data).path("type").stringValue().replace("image_generation.", ""))
                .toList();
    }
}
