package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.OneAnswer.Ending;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.OutcomeUnknownException.Reason;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.testsupport.SideBySide;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Answers which are compressed though only identity was asked for. */
class CompressedAnswersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");
    private static final byte[] PICTURE = FileServer.picture(1500);
    private static final String BASE64 = Base64.getEncoder().encodeToString(PICTURE);
    private static final String DOCUMENT = "{\"data\":[{\"b64_json\":\"" + BASE64 + "\"}]}";
    private static final String STREAM = "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"" + BASE64
            + "\",\"partial_image_index\":0}\n\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":\"" + BASE64
            + "\"}\n\n";

    private final OneAnswer server = new OneAnswer();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .baseUrl(server.url("").toString())
            .rateLimits(r -> r.maxWait(Duration.ofMillis(10)))
            .downloads(d -> d.allow("127.0.0.1"));

    CompressedAnswersTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private static byte[] gzip(String text) {
        return gzip(text.getBytes(UTF_8));
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static <T extends Throwable> T failure(Class<T> type, Mono<?> call) {
        var caught = new ArrayList<Throwable>();
        StepVerifier.create(settled(call)).consumeErrorWith(caught::add).verify(PATIENCE);
        assertThat(caught.get(0)).isInstanceOf(type);
        return type.cast(caught.get(0));
    }

    private void assertDelivered() {
        var image = client.result(REQUEST).block(PATIENCE).first();
        assertThat(image.toByteArray()).isEqualTo(PICTURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding: gzip", "Content-Encoding: x-gzip", "X-Nothing: said"})
    void documentsAndStreamsAreRead(String label) {
        server.says("200 OK\nContent-Type: application/json\n" + label, gzip(DOCUMENT));
        assertDelivered();
        server.says("200 OK\nContent-Type: text/event-stream\n" + label, gzip(STREAM));
        assertDelivered();
        StepVerifier.create(client.generate(REQUEST), 1)
                .expectNextCount(1)
                .thenRequest(1)
                .expectNextCount(1)
                .thenRequest(10)
                .thenConsumeWhile(event -> true)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void theBodyOfARefusalSaysWhatItIs() {
        var spent = "{\"error\":{\"code\":402,\"message\":\"Insufficient credits\"}}";
        for (byte[] body : List.of(gzip(spent), spent.getBytes(UTF_8))) {
            server.says("402 Payment Required\nContent-Encoding: gzip", body);
            var failure = failure(RejectedException.class, client.result(REQUEST));
            assertThat(failure.providerMessage()).isEqualTo("Insufficient credits");
        }
        server.says("429 Too Many Requests\nContent-Encoding: br\nRetry-After: 60", "????".getBytes(UTF_8));
        var unread = failure(RateLimitedException.class, client.result(REQUEST));
        assertThat(unread.providerMessage()).isNull();
        assertThat(unread.retryAt()).isNotNull();
    }

    @Test
    void aDownloadIsRead() {
        server.says("200 OK\nContent-Encoding: gzip", gzip(PICTURE));
        var image = GeneratedImage.at(0, null, server.url("/a.png"));
        assertThat(client.download(image).block(PATIENCE).toByteArray()).isEqualTo(PICTURE);
    }

    static IntStream lengths() {
        var whole = gzip(PICTURE).length;
        return IntStream.of(whole - 1, whole - 8, whole / 2);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    @SideBySide
    void aDownloadThatIsCutIsNone(int length) {
        server.says("200 OK\nContent-Encoding: gzip", Arrays.copyOf(gzip(PICTURE), length));
        var image = GeneratedImage.at(0, null, server.url("/a.png"));
        assertThat(failure(DownloadFailedException.class, client.download(image))
                        .reason())
                .isEqualTo(DownloadFailedException.Reason.CUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip", "deflate"})
    void aCompressionThatCannotBeReadLeavesTheOutcomeOpenAndIsNamed(String coding) {
        server.says("200 OK\nContent-Type: application/json\nContent-Encoding: " + coding, DOCUMENT.getBytes(UTF_8));
        var failure = failure(OutcomeUnknownException.class, client.result(REQUEST));
        assertThat(failure.reason()).isEqualTo(Reason.UNDECODABLE);
        assertThat(failure).hasMessageContaining(coding);
        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void aCutAnywhereIsNeverASuccessUnlessTheDocumentIsWhole() {
        var document = gzip(DOCUMENT);
        var stream = gzip(STREAM);
        for (int missing : List.of(1, 4, 8, 40)) {
            server.says("200 OK\nContent-Encoding: gzip", Arrays.copyOf(stream, stream.length - Math.max(20, missing)));
            assertThat(failure(OutcomeUnknownException.class, client.result(REQUEST))
                            .reason())
                    .isEqualTo(Reason.CUT);
            server.says(
                    "200 OK\nContent-Encoding: gzip", Arrays.copyOf(document, document.length - missing), Ending.CLOSE);
            if (missing <= 8) {
                assertDelivered(); // nothing but the checksum is missing
            } else {
                assertThat(failure(OutcomeUnknownException.class, client.result(REQUEST))
                                .reason())
                        .isEqualTo(Reason.CUT);
            }
        }
    }

    @Test
    void aWholeDocumentWhoseChecksumIsAnotherIsDeliveredWithAWarning() {
        var body = gzip(DOCUMENT);
        body[body.length - 6] ^= 1;
        server.says("200 OK\nContent-Encoding: gzip", body);
        assertThat(client.result(REQUEST).block(PATIENCE).warnings())
                .singleElement()
                .asString()
                .contains("compress");
    }

    @Test
    void theLimitsCountWhatComesOutOfABomb() {
        var spaces = new byte[30 << 20];
        Arrays.fill(spaces, (byte) ' ');
        var small =
                client.limits(l -> l.textBytes(1 << 20).responseBytes(20 << 20).imageBytes(1000));
        server.says("200 OK\nContent-Encoding: gzip, gzip", gzip(gzip(spaces)));
        var failure = failure(OutcomeUnknownException.class, small.result(REQUEST));
        assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure).hasMessageContaining("l.responseBytes");
        server.says("200 OK\nContent-Encoding: gzip", gzip("[\"" + "é".repeat(2 << 20)));
        failure = failure(OutcomeUnknownException.class, small.result(REQUEST));
        assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure).hasMessageContaining("l.textBytes");
        server.says("200 OK\nContent-Encoding: gzip", gzip(FileServer.picture(1 << 20)));
        var image = GeneratedImage.at(0, null, server.url("/a.png"));
        assertThat(failure(DownloadFailedException.class, small.download(image)).reason())
                .isEqualTo(DownloadFailedException.Reason.TOO_LARGE);
        server.says("429 Too Many Requests\nContent-Encoding: gzip\nRetry-After: 60", gzip(spaces));
        assertThat(failure(RateLimitedException.class, small.result(REQUEST)).retryAt())
                .isNotNull();
    }
}
