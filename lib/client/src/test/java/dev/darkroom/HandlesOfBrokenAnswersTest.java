package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

/** Whatever ends an answer, its failure has the handle that stood in its head: by it may be asked what became of it. */
class HandlesOfBrokenAnswersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String PREVIEW =
            "data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":0,\"b64_json\":\"iVBORw0KGgoAAAAA\"}\n\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nX-Generation-Id: gen-img-1\r\nX-Provider-Name: OpenAI\r\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/event-stream | Transfer-Encoding: chunked | data: {\"type\":\"image_gen | CUT",
                "text/event-stream | Content-Length: 9999 | '' | CUT",
                "text/event-stream | X-Close: at its end | PREVIEW | CUT",
                "text/event-stream | Transfer-Encoding: chunked | PREVIEW | CUT",
                "application/json | Content-Length: 9999 | {\"data\":[{\"b64_json\":\"iVBOR | CUT",
                "application/json | Transfer-Encoding: chunked | {\"data\":[ | CUT",
                "application/json | Content-Length: 2 | {] | UNDECODABLE",
                "application/json | Content-Length: 2 | {} | UNDECODABLE",
                "text/event-stream | Content-Length: 11 | 'data: {]\n\n' | UNDECODABLE"
            })
    void whateverEndsAnAnswerItsFailureHasTheHandleOfItsHead(
            String type, String length, String body, OutcomeUnknownException.Reason reason) throws IOException {
        try (var server = new RawGateway((request, socket) -> {
                    var text = body.replace("PREVIEW", PREVIEW).replace("\\n", "\n");
                    var framed = length.startsWith("Transfer")
                            ? Integer.toHexString(text.length()) + "\r\n" + text + "\r\n"
                            : text;
                    socket.getOutputStream()
                            .write((HEAD + "Content-Type: " + type + "\r\n" + length + "\r\n\r\n" + framed)
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();
                    socket.close();
                });
                var images = ImageClient.openRouter("sk-test").baseUrl("http://127.0.0.1:" + server.port())) {
            var failure = new AtomicReference<ImageException>();
            StepVerifier.create(settled(images.generate(ImageRequest.of("a/b", "p").stream(true))
                            .then()))
                    .consumeErrorWith(e -> failure.set((ImageException) e))
                    .verify(PATIENCE);
            assertThat(failure.get()).isInstanceOf(OutcomeUnknownException.class);
            assertThat(failure.get().reason()).isEqualTo(reason);
            assertThat(failure.get().details().generationId()).isEqualTo("gen-img-1");
            assertThat(failure.get().details().provider()).isEqualTo("OpenAI");
            assertThat(failure.get().details().status()).isEqualTo(200);
        }
    }
}
