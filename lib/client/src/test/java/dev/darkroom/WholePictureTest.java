package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.OneAnswer.Ending;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutcomeUnknownException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A picture that arrived whole is delivered; one that did not never is. */
class WholePictureTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final byte[] PICTURE = FileServer.picture(1500);
    private static final String BASE64 = Base64.getEncoder().encodeToString(PICTURE);
    private static final String ITEM = "{\"b64_json\":\"" + BASE64 + "\"}";
    private static final String DOCUMENT = "{\"data\":[" + ITEM + "]}";
    private static final String COMPLETED =
            "{\"type\":\"image_generation.completed\",\"b64_json\":\"" + BASE64 + "\",\"usage\":{\"total_tokens\":7}}";
    private static final String OK = "200 OK\nContent-Type: application/json";
    private static final String STREAM = "200 OK\nContent-Type: text/event-stream";

    private final OneAnswer server = new OneAnswer();
    private final ImageClient client =
            ImageClient.openRouter("sk-test").baseUrl(server.url("").toString());

    WholePictureTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private ImageResult result() {
        var result = client.result(REQUEST).block(PATIENCE);
        assertThat(result.images())
                .singleElement()
                .satisfies(image -> assertThat(image.toByteArray()).isEqualTo(PICTURE));
        return result;
    }

    private ImageException failure() {
        return failure(client.result(REQUEST));
    }

    private static ImageException failure(Mono<?> call) {
        var caught = new ArrayList<Throwable>();
        StepVerifier.create(settled(call)).consumeErrorWith(caught::add).verify(PATIENCE);
        return (ImageException) caught.get(0);
    }

    private OutcomeUnknownException cut() {
        var failure = (OutcomeUnknownException) failure();
        assertThat(failure.reason()).isEqualTo(Reason.CUT);
        return failure;
    }

    private static byte[] chunk(String body) {
        return (Integer.toHexString(body.length()) + "\r\n" + body + "\r\n").getBytes(UTF_8);
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"CLOSE", "STAY"})
    void aWholeDocumentIsAnAnswerHoweverItsConnectionEnds(Ending ending) {
        server.says(OK + "\nContent-Length: 1000000", DOCUMENT.getBytes(UTF_8), ending);
        assertThat(result().warnings()).isEmpty();
        server.says(OK + "\nTransfer-Encoding: chunked", chunk(DOCUMENT), ending);
        assertThat(result().warnings()).isEmpty();
        server.says(OK, DOCUMENT.getBytes(UTF_8), ending);
        assertThat(result().warnings()).isEmpty();
        assertThat(server.asked()).isEqualTo(3);
    }

    @Test
    void anErrorObjectIsThatErrorHoweverItsConnectionEndsAndWhateverFollows() {
        var error = "{\"error\":{\"code\":500,\"message\":\"no\"}}";
        server.says(OK + "\nContent-Length: 1000000", error.getBytes(UTF_8), Ending.CLOSE);
        assertThat(failure()).isInstanceOf(GenerationFailedException.class);
        server.says(OK, (error + DOCUMENT).getBytes(UTF_8));
        assertThat(failure()).isInstanceOf(GenerationFailedException.class);
    }

    @Test
    void aDocumentThatIsCutIsToldAsCutWithTheImagesThatWereWhole() {
        var two = "{\"data\":[" + ITEM + "," + ITEM + "]}";
        int one = DOCUMENT.length() - 3;
        for (int length : List.of(0, 1, 300, one - 1, one, one + 1, two.length() - 5, two.length() - 1)) {
            for (String framing : List.of("", "\nContent-Length: 1000000", "\nTransfer-Encoding: gzip")) {
                server.says(OK + framing, two.substring(0, length).getBytes(UTF_8), Ending.CLOSE);
                assertThat(cut().partialResult().images())
                        .as("%d bytes of %s", length, framing)
                        .hasSize(length >= two.length() - 4 ? 2 : length >= one ? 1 : 0);
            }
        }
    }

    @Test
    void aDocumentThatStallsIsToldInTimeWithTheImagesThatWereWhole() {
        server.says(OK + "\nContent-Length: 1000000", ("{\"data\":[" + ITEM + ",{\"b64").getBytes(UTF_8), Ending.STAY);
        var failure = (OutcomeUnknownException)
                failure(client.timeouts(t -> t.silence(Duration.ofSeconds(3))).result(REQUEST));
        assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(failure.partialResult().images()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"event: error\ndata: {\"error\":{\"message\":\"late\"}}\n\n", "{\"data\":[]}", "<html>", "}"})
    void whatFollowsAWholeDocumentIsPassedOverAndSaid(String behind) {
        server.says(OK, (DOCUMENT + "\n" + behind).getBytes(UTF_8));
        assertThat(result().warnings()).singleElement().asString().contains("behind the answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-ndjson",
                "text/html; charset=utf-8",
                "application/xml",
                "image/png",
                "nonsense",
                "text/event-stream"
            })
    void theFirstBytesDecideWhateverTheLabel(String type) {
        server.says("200 OK\nContent-Type: " + type, ("\uFEFF \n" + DOCUMENT + "\n").getBytes(UTF_8));
        result();
        server.says("200 OK\nContent-Type: " + type, ("data: " + COMPLETED + "\n\n").getBytes(UTF_8));
        result();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "text/event-stream"})
    void aWebPageIsRefusedWithoutReadingIt(String type) {
        var page = "<!DOCTYPE html><title>Sign in</title>".getBytes(UTF_8);
        server.says("200 OK\nContent-Length: 100000000\nContent-Type: " + type, page, Ending.STAY);
        var failure = (OutcomeUnknownException) failure();
        assertThat(failure.reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(failure).hasMessageContaining(type);
    }

    @Test
    void aPendingEventCountsWhereTheEndOfTheBodyIsProven() {
        for (String tail : List.of("", "\n", "\r\n", "\ndata: [DONE]", "\nid: 1")) {
            var body = "data: " + COMPLETED + tail;
            server.says(STREAM, body.getBytes(UTF_8));
            result();
            server.says(
                    STREAM + "\nTransfer-Encoding: chunked",
                    (new String(chunk(body), UTF_8) + "0\r\n\r\n").getBytes(UTF_8),
                    Ending.STAY);
            result();
        }
    }

    @Test
    void aPendingEventDoesNotCountWhereTheEndProvesNothingButItsImageIsInTheFailure() {
        for (String tail : List.of("", "\n", "\ndata: [DONE]")) {
            var body = "data: " + COMPLETED + tail;
            for (String framing : List.of("", "\nContent-Length: 1000000", "\nTransfer-Encoding: identity")) {
                server.says(STREAM + framing, body.getBytes(UTF_8), Ending.CLOSE);
                assertThat(cut().partialResult().images()).as(framing).hasSize(1);
            }
            server.says(STREAM + "\nTransfer-Encoding: chunked", chunk(body), Ending.CLOSE);
            assertThat(cut().partialResult().images()).hasSize(1);
        }
    }

    @Test
    void aStreamThatEndsInOrderBeforeItsLastEventIsCut() {
        server.says(STREAM, ("data: " + COMPLETED.substring(0, 500)).getBytes(UTF_8));
        assertThat(cut().partialResult().images()).isEmpty();
        server.says(STREAM, ": nothing\n\n".getBytes(UTF_8));
        assertThat(cut().partialResult().images()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: ping\ndata: ping",
                "event: heartbeat\ndata: 2026-11-28T10:00:00Z",
                "event: ping\ndata: {",
                "event: ping\ndata:",
                "event: ping\ndata: {\"i\":\"\\x",
                "event: timestamp\ndata: [DONE]x",
                "event: ping\ndata: 17",
                ": comment"
            })
    void anEventOfAnUnknownNameIsPassedOverWhateverItsData(String event) {
        server.says(STREAM, (event + "\n\ndata: " + COMPLETED + "\n\n" + event + "\n\n").getBytes(UTF_8));
        result();
        server.says(
                STREAM,
                ("event: ping\ndata: " + "x".repeat(1 << 20) + "\n\ndata: " + COMPLETED + "\n\n").getBytes(UTF_8));
        result();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "event: message\n", "event: image_generation.completed\n"})
    void anEventThatMayBeThePaidOneHasToBeJson(String name) {
        var body = name + "data: oops\n\ndata: " + COMPLETED + "\n\n";
        server.says(STREAM, body.getBytes(UTF_8));
        var failure = (OutcomeUnknownException) failure();
        assertThat(failure.reason()).isEqualTo(Reason.UNDECODABLE);
    }

    @Test
    void anErrorEventInPlainTextSaysIt() {
        server.says(STREAM, "event: error\ndata: upstream hung up\n\n".getBytes(UTF_8));
        assertThat(failure().providerMessage()).isEqualTo("upstream hung up");
    }

    @Test
    void aPromptThatTheModelRewroteComesWithItsPictureInADocumentAndInAStream() {
        var caption = "\"revised_prompt\":\"a tall lighthouse\",";
        server.says(OK, DOCUMENT.replace("\"b64", caption + "\"b64").getBytes(UTF_8));
        assertThat(result().first().revisedPrompt()).isEqualTo("a tall lighthouse");
        server.says(STREAM, ("data: " + COMPLETED.replace("\"b64", caption + "\"b64") + "\n\n").getBytes(UTF_8));
        assertThat(result().first().revisedPrompt()).isEqualTo("a tall lighthouse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x", "\u0001", "\\u12"})
    void oneWrongCharacterInATextCostsNoPicture(String wrong) {
        var caption = "\"revised_prompt\":\"a" + wrong + "b\",";
        server.says(OK, DOCUMENT.replace("\"b64", caption + "\"b64").getBytes(UTF_8));
        result();
        server.says(STREAM, ("data: " + COMPLETED.replace("\"b64", caption + "\"b64") + "\n\n").getBytes(UTF_8));
        result();
    }
}
