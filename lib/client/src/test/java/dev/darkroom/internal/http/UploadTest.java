package dev.darkroom.internal.http;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.BodyPart;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class UploadTest {

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] sent(List<BodyPart> parts) {
        var bytes = new ByteArrayOutputStream();
        Flux<ByteBuf> upload = Upload.of(parts);
        for (ByteBuf buffer : upload.toIterable()) {
            var chunk = new byte[buffer.readableBytes()];
            buffer.readBytes(chunk);
            buffer.release();
            bytes.writeBytes(chunk);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 49_151, 49_152, 49_153, 200_000})
    void imagesOfAnySizeBecomeOneRunOfBase64OfTheLengthThatWasAnnounced(int size, @TempDir Path folder)
            throws IOException {
        var image = random(size);
        var expected = Base64.getEncoder().encode(image);
        var inMemory = new BodyPart.Base64Bytes(ByteBuffer.wrap(image));
        var onDisk = new BodyPart.Base64File(Files.write(folder.resolve("a"), image), size);
        assertThat(sent(List.of(inMemory))).isEqualTo(expected).hasSize((int) inMemory.length());
        assertThat(sent(List.of(onDisk))).isEqualTo(expected).hasSize((int) onDisk.length());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 49_152, 49_153, 200_000})
    void aRawFileIsSentAsItIs(int size, @TempDir Path folder) throws IOException {
        var raw = new BodyPart.RawFile(Files.write(folder.resolve("a"), random(size)), size);
        assertThat(sent(List.of(raw))).isEqualTo(random(size)).hasSize((int) raw.length());
    }

    @Test
    void partsFollowEachOtherAndCanBeSentAgain() {
        var parts = List.<BodyPart>of(
                new BodyPart.Literal(ByteBuffer.wrap(new byte[] {'<'})),
                new BodyPart.Base64Bytes(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'})),
                new BodyPart.Ascii("data:QUJD" + "x".repeat(100_000), 5),
                new BodyPart.Literal(ByteBuffer.wrap(new byte[] {'>'})));
        var expected = "<YWJjQUJD" + "x".repeat(100_000) + ">";
        assertThat(parts.stream().mapToLong(BodyPart::length).sum()).isEqualTo(expected.length());
        assertThat(sent(parts)).asString().isEqualTo(expected);
        assertThat(sent(parts)).asString().isEqualTo(expected);
    }

    @Test
    void ofALargeFileOnlyThePieceThatIsAskedForIsEverInMemory(@TempDir Path folder) throws IOException {
        var size = 30 << 20;
        var file = folder.resolve("large.png");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            sparse.setLength(size);
        }
        var request = ImageRequest.of("a/b", "p").references(ImageReference.file(file));
        var call = new OpenRouterDialect().generate(request);
        var here = call.body().stream()
                .filter(part -> !(part instanceof BodyPart.Base64File))
                .mapToLong(BodyPart::length)
                .sum();
        assertThat(here).as("what the request itself holds").isLessThan(1000);
        assertThat(call.contentLength()).isGreaterThan(size / 3 * 4L);
        var largest = new AtomicInteger();
        var sent = new AtomicLong();
        StepVerifier.create(
                        Upload.of(call.body()).doOnNext(piece -> {
                            largest.accumulateAndGet(piece.readableBytes(), Math::max);
                            sent.addAndGet(piece.readableBytes());
                            piece.release();
                        }),
                        2)
                .expectNextCount(2) // the beginning, and one piece of the file
                .then(() -> assertThat(sent).hasValueLessThan(70_000))
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(piece -> true)
                .verifyComplete();
        assertThat(sent).hasValue(call.contentLength());
        assertThat(largest).hasValueLessThan(70_000);
    }

    @Test
    void aFileIsNeverReadOnAnEventLoop(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("a"), random(100_000));
        // BlockHound fails this if the file is touched on the parallel scheduler
        StepVerifier.create(settled(Upload.of(List.of(new BodyPart.Base64File(file, 100_000)))
                        .doOnNext(ByteBuf::release)
                        .subscribeOn(Schedulers.parallel())))
                .expectNextCount(3)
                .verifyComplete();
    }

    @Test
    void aFileThatBecameShorterIsAFailedUploadAndNotAShortImage(@TempDir Path folder) throws IOException {
        var file = Files.write(folder.resolve("a"), random(10));
        StepVerifier.create(settled(Upload.of(List.of(new BodyPart.Base64File(file, 11)))))
                .verifyErrorSatisfies(e -> assertThat(((HttpFailure) e).kind()).isEqualTo(HttpFailure.Kind.UPLOAD));
        StepVerifier.create(settled(Upload.of(List.of(new BodyPart.RawFile(file, 11)))))
                .verifyErrorSatisfies(e -> assertThat(((HttpFailure) e).kind()).isEqualTo(HttpFailure.Kind.UPLOAD));
        StepVerifier.create(settled(Upload.of(List.of(new BodyPart.Base64File(folder.resolve("gone"), 11)))))
                .verifyError(HttpFailure.class);
    }
}
