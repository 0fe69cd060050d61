package dev.darkroom.image;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class GeneratedImageTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};

    private static GeneratedImage inThreeSegments() {
        return GeneratedImage.of(
                0, null, List.of(ByteBuffer.wrap(PNG, 0, 2), ByteBuffer.wrap(PNG, 2, 1), ByteBuffer.wrap(PNG, 3, 8)));
    }

    @Test
    void tellsItsMediaTypeFromBytesThatLieInSeveralSegments() {
        assertThat(inThreeSegments().mediaType()).isEqualTo("image/png");
        assertThat(GeneratedImage.of(0, new byte[] {1, 2}).mediaType()).isNull();
    }

    @Test
    void aRevisedPromptStaysWithTheImageAndOutOfItsText() {
        var link =
                GeneratedImage.at(0, null, URI.create("https://example.com/a")).withRevisedPrompt("a tall lighthouse");
        assertThat(link.withContent(List.of(ByteBuffer.wrap(PNG))).revisedPrompt())
                .isEqualTo("a tall lighthouse");
        assertThat(link.withDownloadFailure(new IOException("a")).revisedPrompt())
                .isEqualTo("a tall lighthouse");
        assertThat(link).isEqualTo(GeneratedImage.at(1, null, URI.create("https://example.com/a")));
        assertThat(link.toString()).doesNotContain("tall");
        assertThat(inThreeSegments().revisedPrompt()).isNull();
    }

    @Test
    void believesTheMediaTypeItWasToldWhereTheBytesSayNothing() {
        assertThat(GeneratedImage.of(0, "image/x-new", List.of(ByteBuffer.wrap(new byte[] {1})))
                        .mediaType())
                .isEqualTo("image/x-new");
        assertThat(GeneratedImage.of(0, "image/jpeg", List.of(ByteBuffer.wrap(PNG)))
                        .mediaType())
                .isEqualTo("image/png");
        assertThat(GeneratedImage.of(0, "x\" onerror=\"y", List.of(ByteBuffer.wrap(new byte[] {1})))
                        .mediaType())
                .isNull();
    }

    @Test
    void aNameMayBeAsLongAsTheFileSystemAllows(@TempDir Path folder) {
        var file = folder.resolve("a".repeat(250) + ".png");
        StepVerifier.create(settled(inThreeSegments().writeTo(file)))
                .expectNext(file)
                .verifyComplete();
    }

    @Test
    void givesTheSameBytesInEveryForm() throws IOException {
        var image = inThreeSegments();
        assertThat(image.size()).isEqualTo(PNG.length);
        assertThat(image.toByteArray()).isEqualTo(PNG);
        assertThat(image.asInputStream().readAllBytes()).isEqualTo(PNG);
        assertThat(image.asByteBuffer()).isEqualTo(ByteBuffer.wrap(PNG));
        assertThat(image.toDataUrl()).isEqualTo("data:image/png;base64,iVBORw0KGgoBAgM=");
        assertThat(image.asByteBuffers().stream().mapToInt(ByteBuffer::remaining))
                .containsExactly(2, 1, 8);
    }

    @Test
    void givesEachCallerABufferOfItsOwnWhichCannotBeWritten() {
        var image = GeneratedImage.of(0, PNG);
        image.asByteBuffer().position(5);
        assertThat(image.asByteBuffer().position()).isZero();
        assertThat(image.asByteBuffer().isReadOnly()).isTrue();
        assertThat(image.asByteBuffers().get(0).isReadOnly()).isTrue();
    }

    @Test
    void readsSingleBytesAndReportsTheEnd() throws IOException {
        try (var stream = inThreeSegments().asInputStream()) {
            assertThat(stream.read()).isEqualTo(0x89);
            assertThat(stream.skip(9)).isEqualTo(9);
            assertThat(stream.read(new byte[0])).isZero();
            assertThat(stream.read()).isEqualTo(3);
            assertThat(stream.read()).isEqualTo(-1);
            assertThat(stream.read(new byte[4])).isEqualTo(-1);
        }
    }

    @Test
    void anImageKnownByUrlOnlySaysSoInsteadOfGivingNoBytes() {
        var image = GeneratedImage.at(3, null, URI.create("https://example.com/a.png"));
        assertThat(image.isLoaded()).isFalse();
        assertThat(image.size()).isZero();
        assertThatIllegalStateException().isThrownBy(image::toByteArray).withMessageContaining("image 3");
        assertThatIllegalStateException().isThrownBy(() -> image.writeTo(Path.of("a.png")));
    }

    @Test
    void aFailedDownloadKeepsTheUrlAndTheCause() {
        var cause = new IOException("gone");
        var image = GeneratedImage.at(0, null, URI.create("https://example.com/a.png"))
                .withDownloadFailure(cause);
        assertThat(image.url()).hasHost("example.com");
        assertThat(image.downloadFailure()).isSameAs(cause);
        assertThatIllegalStateException()
                .isThrownBy(image::toByteArray)
                .withMessageContaining("gone")
                .withCause(cause);
    }

    @Test
    void showsSizeAndTypeOnly() {
        assertThat(inThreeSegments()).hasToString("GeneratedImage[index=0, image/png, 11 bytes]");
        assertThat(GeneratedImage.at(1, null, URI.create("https://example.com/signed?token=secret")))
                .hasToString("GeneratedImage[index=1, unknown type, by URL]");
    }

    @Test
    void isWrittenWholeOnAThreadThatMayBlockAndReplacesWhatWasThere(@TempDir Path folder) throws IOException {
        var file = folder.resolve("a.png");
        Files.writeString(file, "something longer than the picture, so that a rest of it would show");
        StepVerifier.create(settled(inThreeSegments()
                        .writeTo(file)
                        .map(path -> path + " on " + Thread.currentThread().getName())
                        .subscribeOn(Schedulers.parallel())))
                .assertNext(told -> assertThat(told).startsWith(file + " on boundedElastic"))
                .verifyComplete();
        assertThat(file).hasBinaryContent(PNG);
        assertThat(folder.toFile().list()).containsExactly("a.png");
    }

    @Test
    void writesNothingBeforeTheSubscription(@TempDir Path folder) {
        inThreeSegments().writeTo(folder.resolve("a.png"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFailedWriteLeavesNothingBehindAndTheOldFileAsItWas(@TempDir Path folder) throws IOException {
        StepVerifier.create(settled(inThreeSegments().writeTo(folder.resolve("missing/a.png"))))
                .verifyError(NoSuchFileException.class);
        var occupied = Files.createDirectory(folder.resolve("a.png"));
        Files.writeString(occupied.resolve("x"), "x");
        StepVerifier.create(settled(inThreeSegments().writeTo(occupied))).verifyError(IOException.class);
        assertThat(folder.toFile().list()).containsExactly("a.png");
    }

    @Test
    void aCancelledWriteLeavesNothingBehind(@TempDir Path folder) throws IOException {
        var large = GeneratedImage.of(0, new byte[64 * 1024 * 1024]);
        for (int i = 0; i < 20; i++) {
            StepVerifier.create(settled(large.writeTo(folder.resolve("a.png"))))
                    .thenCancel()
                    .verify();
        }
        StepVerifier.create(settled(inThreeSegments().writeTo(folder.resolve("b.png"))))
                .expectNextCount(1)
                .verifyComplete();
        // a cancelled write may still be closing its draft; the folder is clean once it has
        assertThatNoException().isThrownBy(() -> {
            var end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
            while (System.nanoTime() < end) {
                try (var files = Files.list(folder)) {
                    if (files.noneMatch(file -> file.toString().endsWith(".part"))) {
                        return;
                    }
                }
                LockSupport.parkNanos(10_000_000);
            }
            throw new AssertionError("a draft was left behind");
        });
    }
}
