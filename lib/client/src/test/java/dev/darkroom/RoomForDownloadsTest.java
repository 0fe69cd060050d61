package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Images that are fetched count as kept by their request; one for which there is no room is not lost for that. */
class RoomForDownloadsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SIZE = 100_000;
    private static final byte[] PICTURE = FileServer.picture(SIZE);

    private final FileServer server = new FileServer();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .baseUrl(server.url("/v1").toString())
            .downloads(d -> d.allow("127.0.0.1"))
            .limits(l -> l.heapBytes(250_000));

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static FileServer.Answer chunked() {
        return (request, response) -> response.send(Flux.range(0, 10)
                .map(i -> Unpooled.wrappedBuffer(Arrays.copyOfRange(PICTURE, i * 10_000, (i + 1) * 10_000))));
    }

    private ImageResult result(int images) {
        var document = IntStream.range(0, images)
                .mapToObj(i -> "{\"url\":\"" + server.url("/" + i) + "\"}")
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));
        server.put(
                "/v1/images",
                (request, response) ->
                        response.header("Content-Type", "application/json").sendString(Mono.just(document)));
        return client.result(ImageRequest.of("a/b", "p").n(images)).block(PATIENCE);
    }

    private static void keepsItsUrlAndSaysWhy(GeneratedImage image) {
        assertThat(image.isLoaded()).isFalse();
        assertThat(image.url()).isNotNull();
        assertThat(image.downloadFailure())
                .isInstanceOfSatisfying(
                        DownloadFailedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
                .hasMessageContaining("l.heapBytes");
    }

    @Test
    void asManyAreFetchedAsThereIsRoomForAndTheOthersKeepTheirUrl() {
        IntStream.range(0, 4).forEach(i -> server.put("/" + i, PICTURE));
        var images = result(4).images();
        assertThat(images).hasSize(4);
        assertThat(images).filteredOn(GeneratedImage::isLoaded).hasSize(2);
        assertThat(images)
                .filteredOn(image -> !image.isLoaded())
                .allSatisfy(RoomForDownloadsTest::keepsItsUrlAndSaysWhy);
    }

    @Test
    void whereNobodySaysHowLargeItIsTheBytesCountAsTheyCome() {
        server.put("/0", chunked());
        assertThat(result(1).images()).allMatch(GeneratedImage::isLoaded);
        keepsItsUrlAndSaysWhy(client.limits(l -> l.heapBytes(SIZE - 1))
                .result(ImageRequest.of("a/b", "p").n(1))
                .block(PATIENCE)
                .first());
    }

    /** Hangs up in the middle of the first two answers. */
    private static void answer(ServerSocket raw) {
        var head = "HTTP/1.1 200 OK\r\nContent-Length: " + 2 * SIZE + "\r\nConnection: close\r\n\r\n";
        for (int i = 1; i <= 3; i++) {
            try (var socket = raw.accept()) {
                socket.getInputStream().read(new byte[10_000]);
                var out = socket.getOutputStream();
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(PICTURE);
                if (i == 3) {
                    out.write(PICTURE);
                }
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    @Test
    void whatADownloadThatFailedHadTakenIsThereForTheNext() throws IOException {
        try (var raw = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> answer(raw));
            thread.setDaemon(true);
            thread.start();
            var url = URI.create("http://127.0.0.1:" + raw.getLocalPort() + "/picture");
            var image = client.download(GeneratedImage.at(0, null, url)).block(PATIENCE);
            assertThat(image.size()).isEqualTo(2 * SIZE);
        }
    }

    @Test
    void aSingleDownloadHasTheSameLimitAndAFileHasNone(@TempDir Path folder) {
        server.put("/0", PICTURE);
        var image = GeneratedImage.at(0, null, server.url("/0"));
        assertThat(client.download(image).block(PATIENCE).size()).isEqualTo(SIZE);
        var narrow = client.limits(l -> l.heapBytes(SIZE - 1));
        var failure = catchThrowableOfType(
                DownloadFailedException.class, () -> narrow.download(image).block(PATIENCE));
        assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(failure).hasMessageContaining("l.heapBytes");
        assertThat(narrow.download(image, folder.resolve("0.png")).block(PATIENCE))
                .hasBinaryContent(PICTURE);
    }
}
