package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** Over HTTP/2 the end of the stream proves the end of the body. */
class WholePictureOverHttp2Test {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String COMPLETED = "data: {\"type\":\"image_generation.completed\",\"b64_json\":\""
            + Base64.getEncoder().encodeToString(FileServer.picture(1500)) + "\"}";

    private volatile String body = "";
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .protocol(HttpProtocol.H2C)
            .handle((request, response) -> response.header("Content-Type", "text/event-stream")
                    .send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(body, StandardCharsets.US_ASCII))))
            .bindNow();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .baseUrl("http://127.0.0.1:" + server.port())
            .customize(http -> http.protocol(HttpProtocol.H2C));

    @AfterEach
    void stop() {
        client.close();
        server.disposeNow(PATIENCE);
    }

    @Test
    void aPendingEventCounts() {
        for (String tail : List.of("\n\n", "\n", "", "\ndata: [DONE]")) {
            body = COMPLETED + tail;
            assertThat(client.result(ImageRequest.of("a/b", "p"))
                            .block(PATIENCE)
                            .images())
                    .hasSize(1);
        }
    }
}
