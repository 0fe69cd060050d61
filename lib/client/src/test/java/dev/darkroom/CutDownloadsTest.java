package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.darkroom.OneAnswer.Ending;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.testsupport.SideBySide;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** An image by URL whose transfer breaks off is never taken for a whole one, whatever its codings are called. */
class CutDownloadsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final byte[] HALF = Arrays.copyOf(FileServer.picture(4_000), 2_000);

    private final OneAnswer server = new OneAnswer();
    private final ImageClient client = ImageClient.openRouter("sk-test").downloads(d -> d.allow("127.0.0.1"));

    CutDownloadsTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private static void isRefused(Mono<?> download) {
        var failure = catchThrowableOfType(DownloadFailedException.class, () -> download.block(PATIENCE));
        assertThat(failure.reason()).isIn(Reason.CUT, Reason.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: deflate, gzip",
                "Transfer-Encoding: gzip\nContent-Length: 4000",
                "Transfer-Encoding: identity\nContent-Length: 4000",
                "Transfer-Encoding: x-chunked",
                "Connection: close"
            })
    @SideBySide
    void aCutImageIsNotDelivered(String framing, @TempDir Path folder) {
        for (var ending : new Ending[] {Ending.CLOSE, Ending.RESET}) {
            server.says("200 OK\nContent-Type: image/png\n" + framing, HALF, ending);
            var image = GeneratedImage.at(0, null, server.url("/1.png"));

            var inMemory = client.download(image).cache();
            var inFile = client.download(image, folder.resolve("1.png")).cache();
            inMemory.subscribe(picture -> {}, failure -> {}); // both at once, as each is tried three times
            isRefused(inFile);
            isRefused(inMemory);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "gzip, chunked"})
    @SideBySide
    void noPieceOfAnImageMakesItWholeBeforeTheLastOne(String coding) {
        var chunk = new byte[HALF.length + 7];
        System.arraycopy("7d0\r\n".getBytes(StandardCharsets.US_ASCII), 0, chunk, 0, 5);
        System.arraycopy(HALF, 0, chunk, 5, HALF.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        for (var ending : new Ending[] {Ending.CLOSE, Ending.RESET}) {
            server.says("200 OK\nContent-Type: image/png\nTransfer-Encoding: " + coding, chunk, ending);
            isRefused(client.download(GeneratedImage.at(0, null, server.url("/1.png"))));
        }
    }
}
