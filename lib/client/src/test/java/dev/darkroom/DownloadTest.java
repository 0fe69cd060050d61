package dev.darkroom;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.DownloadFailedException.Reason;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.testsupport.SideBySide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;
import reactor.test.StepVerifier;

/** Images by URL, fetched into memory and into files, from servers good and bad. */
class DownloadTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FileServer files = new FileServer();
    private final ImageClient client = ImageClient.openRouter("sk-secret").downloads(d -> d.allow("127.0.0.1"));

    @AfterEach
    void stop() {
        client.close();
        files.close();
    }

    private static GeneratedImage at(URI url) {
        return GeneratedImage.at(3, "text/html", url);
    }

    private static DownloadFailedException failure(Mono<?> download) {
        var caught = new ArrayList<Throwable>();
        StepVerifier.create(settled(download)).consumeErrorWith(caught::add).verify(PATIENCE);
        return (DownloadFailedException) caught.get(0);
    }

    private DownloadFailedException failure(String path) {
        return failure(client.download(at(files.url(path))));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 65_535, 65_536, 65_537, 1_000_000})
    void anImageOfAnySizeComesWithEveryByteAndTheTypeItsBytesTell(int size) {
        var picture = FileServer.picture(size);
        files.put("/a.jpg", picture);
        var image = client.download(at(files.url("/a.jpg"))).block(PATIENCE);
        assertThat(image.toByteArray()).isEqualTo(picture);
        assertThat(image.mediaType()).isEqualTo("image/png");
        assertThat(image.index()).isEqualTo(3);
        assertThat(image.url()).isEqualTo(files.url("/a.jpg"));
    }

    @Test
    void aDownloadBeginsWithItsSubscriptionAndCanBeRepeated() {
        files.put("/a", FileServer.picture(10));
        var download = client.download(at(files.url("/a")));
        assertThat(files.paths()).isEmpty();
        download.block(PATIENCE);
        download.block(PATIENCE);
        download.block(PATIENCE);
        assertThat(files.connections()).as("connections are used again").isLessThan(3);
    }

    @Test
    void anImageWhoseBytesAreHereIsNotFetched(@TempDir Path folder) throws IOException {
        var here = GeneratedImage.of(0, FileServer.picture(10));
        assertThat(client.download(here).block(PATIENCE)).isSameAs(here);
        var file = client.download(here, folder.resolve("a.png")).block(PATIENCE);
        assertThat(Files.readAllBytes(file)).isEqualTo(FileServer.picture(10));
        assertThat(files.connections()).isZero();
    }

    @Test
    void threeRedirectsAreFollowedAndNoFourth() {
        files.put("/a", FileServer.picture(10))
                .move("/1", "/a")
                .move("/2", files.url("/1").toString())
                .move("/3", "1/../2")
                .move("/4", "/3");
        assertThat(client.download(at(files.url("/3"))).block(PATIENCE).size()).isEqualTo(10);
        var tooFar = failure("/4");
        assertThat(tooFar.reason()).isEqualTo(Reason.REFUSED);
        assertThat(tooFar).hasMessageContaining("redirected more than 3 times");
        assertThat(files.connections())
                .as("redirects leave their connections whole")
                .isLessThan(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://[", "gopher://x/", "data:image/png;base64,AAAA", "//user@127.0.0.1/", "http://127.1/"})
    void aRedirectToWhatIsNoPlainUrlIsNotFollowed(String location) {
        files.move("/1", location);
        assertThat(failure("/1").reason()).isIn(Reason.DENIED, Reason.REFUSED);
        assertThat(files.paths()).containsExactly("/1");
    }

    @Test
    void whatIsTooLargeIsGivenUpBeforeAByteIsReadIfItsLengthIsTold() {
        var small = client.limits(l -> l.imageBytes(1000));
        files.put("/a", FileServer.picture(1000)).put("/b", FileServer.picture(1001));
        files.put(
                "/c",
                (request, response) -> response.sendByteArray(Flux.range(0, 100).map(i -> FileServer.picture(100))));
        assertThat(small.download(at(files.url("/a"))).block(PATIENCE).size()).isEqualTo(1000);
        for (String path : List.of("/b", "/c")) {
            var failure = failure(small.download(at(files.url(path))));
            assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(failure).hasMessageContaining("1000").hasMessageContaining("l.imageBytes");
        }
        assertThat(files.paths()).as("never tried again").containsExactly("/a", "/b", "/c");
    }

    @Test
    void whatIsNoImageByItsBytesIsRefusedWhateverItIsCalled() {
        files.put(
                "/html",
                (request, response) -> response.header("Content-Type", "image/png")
                        .header("Content-Length", "21")
                        .sendString(Mono.just("<html>expired</html>\n")));
        files.put("/empty", new byte[0]);
        files.put(
                "/gzip",
                (request, response) -> response.header("Content-Encoding", "gzip")
                        .header("Content-Length", "10")
                        .sendByteArray(Mono.just(FileServer.picture(10))));
        for (String path : List.of("/html", "/empty", "/gzip")) {
            assertThat(failure(path).reason()).as(path).isEqualTo(Reason.NOT_AN_IMAGE);
        }
    }

    @Test
    void whatAServerRefusesIsToldWithItsStatusAndNotAskedForAgain() {
        var failure = failure("/gone");
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure.status()).isEqualTo(404);
        assertThat(files.paths()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    @SideBySide
    void aServerThatMayRecoverIsAskedThreeTimes(int status) {
        var times = new AtomicInteger();
        files.put(
                "/a",
                (request, response) -> times.incrementAndGet() < 3
                        ? response.status(status).header("Content-Length", "0").send()
                        : response.header("Content-Length", "10").sendByteArray(Mono.just(FileServer.picture(10))));
        assertThat(client.download(at(files.url("/a"))).block(PATIENCE).size()).isEqualTo(10);
        assertThat(times).hasValue(3);
    }

    private static RawServer cutting() throws IOException {
        return new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n\u0089PNG\r\n\u001a\n123");
    }

    @Test
    @SideBySide
    void aTruncatedImageIsNoImageAndIsFetchedAgain() throws IOException {
        try (var server = cutting()) {
            assertThat(failure(client.download(at(server.url("/a")))).reason()).isEqualTo(Reason.CUT);
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void anAnswerThatDoesNotSayWhereItEndsIsNotTakenBecauseItMayBeCut() throws IOException {
        try (var server = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u0089PNG\r\n\u001a\n123")) {
            var failure = failure(client.download(at(server.url("/a"))));
            assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
            assertThat(failure).hasMessageContaining("where it ends");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    @SideBySide
    void aServerThatIsNotThereIsUnreachable() throws IOException {
        DownloadFailedException failure;
        try (var nobody = new Socket()) { // has a port, and does not listen
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var url = "http://127.0.0.1:" + nobody.getLocalPort() + "/a?sig=canary";
            failure = failure(client.download(at(URI.create(url))));
        }
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure).hasMessageContaining("refused").hasMessageNotContaining("canary");
    }

    @Test
    @SideBySide
    void aSilentServerIsGivenUpInTimeAndItsConnectionClosed() {
        files.put("/a", (request, response) -> Mono.never());
        var failure =
                failure(client.downloads(d -> d.timeout(Duration.ofMillis(300))).download(at(files.url("/a"))));
        assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
        untilNoConnectionIsOpen();
    }

    @Test
    void cancellingClosesTheConnection() {
        var asked = Sinks.<Boolean>one();
        files.put("/a", (request, response) -> {
            asked.tryEmitValue(true);
            return Mono.never();
        });
        StepVerifier.create(client.download(at(files.url("/a"))))
                .then(() -> asked.asMono().block(PATIENCE))
                .thenCancel()
                .verify(PATIENCE);
        untilNoConnectionIsOpen();
    }

    private void untilNoConnectionIsOpen() {
        Flux.interval(Duration.ofMillis(10))
                .takeUntil(tick -> files.openConnections() == 0)
                .blockLast(PATIENCE);
    }

    @Test
    void aDisposedClientDownloadsNothing() {
        files.put("/a", FileServer.picture(10));
        client.close();
        assertThat(failure("/a").reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(files.connections()).isZero();
    }

    @Test
    void aFileIsReplacedInOneStepAndNothingElseIsLeft(@TempDir Path folder) throws IOException {
        var picture = FileServer.picture(300_000);
        files.put("/a", picture);
        var file = Files.writeString(folder.resolve("a.png"), "old");
        StepVerifier.create(settled(client.download(at(files.url("/a")), file)))
                .expectNext(file)
                .expectComplete()
                .verify(PATIENCE);
        assertThat(Files.readAllBytes(file)).isEqualTo(picture);
        assertThat(names(folder)).containsExactly("a.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/gone", "/html", "/large"})
    void aDownloadThatFailsLeavesTheFileAsItWas(String path, @TempDir Path folder) throws IOException {
        files.put("/html", "<html></html>".getBytes(StandardCharsets.US_ASCII))
                .put(
                        "/large",
                        (request, response) ->
                                response.sendByteArray(Flux.range(0, 200).map(i -> FileServer.picture(1000))));
        var file = Files.writeString(folder.resolve("a.png"), "old");
        failure(client.limits(l -> l.imageBytes(100_000)).download(at(files.url(path)), file));
        assertThat(file).hasContent("old");
        assertThat(names(folder)).containsExactly("a.png");
    }

    @Test
    @SideBySide
    void aDownloadThatIsCutLeavesTheFileAsItWas(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("a.png"), "old");
        try (var server = cutting()) {
            failure(client.download(at(server.url("/a")), file));
        }
        assertThat(file).hasContent("old");
        assertThat(names(folder)).containsExactly("a.png");
    }

    @Test
    void aCancelledDownloadLeavesTheFileAsItWas(@TempDir Path folder) throws IOException {
        var begun = Sinks.<Boolean>one();
        files.put(
                "/a",
                (request, response) -> response.header("Content-Length", "1000000")
                        .send(ByteBufFlux.fromInbound(
                                Flux.just(FileServer.picture(200_000)).concatWith(Flux.defer(() -> {
                                    begun.tryEmitValue(true);
                                    return Flux.never();
                                })))));
        var file = Files.writeString(folder.resolve("a.png"), "old");
        StepVerifier.create(client.download(at(files.url("/a")), file))
                .then(() -> begun.asMono().block(PATIENCE))
                .then(() -> Flux.interval(Duration.ofMillis(10))
                        .takeUntil(tick -> names(folder).size() > 1)
                        .blockLast(PATIENCE))
                .thenCancel()
                .verify(PATIENCE);
        untilNoConnectionIsOpen();
        Flux.interval(Duration.ofMillis(10))
                .takeUntil(tick -> names(folder).size() == 1)
                .blockLast(PATIENCE);
        assertThat(file).hasContent("old");
    }

    @Test
    void aFolderThatIsNotThereIsTheFileSystemsOwnError(@TempDir Path folder) {
        files.put("/a", FileServer.picture(10));
        StepVerifier.create(settled(client.download(at(files.url("/a")), folder.resolve("none/a.png"))))
                .expectError(IOException.class)
                .verify(PATIENCE);
    }

    private static List<String> names(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
