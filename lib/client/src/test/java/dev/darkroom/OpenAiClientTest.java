package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** OpenAI's dialect over real sockets, its forms read by Netty's own decoder. */
class OpenAiClientTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ImageRequest REQUEST = ImageRequest.of("gpt-image-2", "a lighthouse\r\n--in Malmö");
    private static final String STREAM = """
            event: image_edit.partial_image
            data: {"type":"image_edit.partial_image","partial_image_index":0,"b64_json":"iVBORw0KGgoBAgM="}

            event: image_edit.completed
            data: {"type":"image_edit.completed","b64_json":"iVBORw0KGgoBAgM=","created_at":1761112880}

            """;

    /** A field or a file of a form as it arrived. */
    private record Part(String name, String fileName, String contentType, ByteBuffer content) {

        static Part of(HttpData data) {
            try {
                var file = data instanceof FileUpload upload ? upload : null;
                return new Part(
                        data.getName(),
                        file == null ? null : file.getFilename(),
                        file == null ? null : file.getContentType(),
                        ByteBuffer.wrap(data.get()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String text() {
            return StandardCharsets.UTF_8.decode(content.duplicate()).toString();
        }
    }

    private final Queue<Part> parts = new ConcurrentLinkedQueue<>();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post("/v1/images/edits", this::edit))
            .bindNow(PATIENCE);
    private final ImageClient client =
            ImageClient.openAi("sk-test").baseUrl("http://127.0.0.1:" + server.port() + "/v1");

    @AfterEach
    void stop() {
        client.close();
        server.disposeNow(PATIENCE);
    }

    private Publisher<Void> edit(HttpServerRequest request, HttpServerResponse response) {
        var form = request.receiveForm()
                .doOnNext(data -> {
                    if (data.isCompleted()) {
                        parts.add(Part.of(data));
                    }
                })
                .then();
        return form.then(response.header("Content-Type", "text/event-stream")
                .sendString(Mono.just(STREAM))
                .then());
    }

    @Test
    void filesReachTheGatewayWholeAndWithoutTheirNames(@TempDir Path folder) throws IOException {
        var picture = new byte[300_000];
        new Random(1).nextBytes(picture);
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, 0, picture, 0, 8);
        var file = Files.write(folder.resolve("holiday in Malmö.png"), picture);
        var events = client.generate(
                        REQUEST.references(ImageReference.file(file), ImageReference.bytes(picture)).stream(true)
                                .n(1))
                .collectList()
                .block(PATIENCE);
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Partial", "ImageReady", "Completed");
        var arrived = List.copyOf(parts);
        assertThat(arrived)
                .extracting(Part::name)
                .containsExactly("model", "prompt", "n", "stream", "image[]", "image[]");
        assertThat(arrived.get(1).text()).isEqualTo(REQUEST.prompt());
        for (int i = 0; i < 2; i++) {
            var image = arrived.get(4 + i);
            assertThat(image.fileName()).isEqualTo("image" + i + ".png");
            assertThat(image.contentType()).isEqualTo("image/png");
            assertThat(image.content()).isEqualTo(ByteBuffer.wrap(picture));
        }
    }
}
