package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.RejectedException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.mock.web.MockMultipartFile;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** References from what Spring hands over, and buffers for what Spring takes. */
class ImageReferencesTest {

    private static final byte[] PHOTO = {1, 2, 3, 4, 5};

    private static FilePart part() {
        return new FilePart() {
            @Override
            public String filename() {
                return "photo.png";
            }

            @Override
            public Mono<Void> transferTo(Path target) {
                return Mono.empty();
            }

            @Override
            public String name() {
                return "photo";
            }

            @Override
            public HttpHeaders headers() {
                return new HttpHeaders();
            }

            @Override
            public Flux<DataBuffer> content() {
                var factory = DefaultDataBufferFactory.sharedInstance;
                return Flux.just(factory.wrap(new byte[] {1, 2}), factory.wrap(new byte[] {3, 4, 5}));
            }
        };
    }

    private static List<Mono<ImageReference>> references(int mostBytes) {
        return List.of(
                ImageReferences.of(part(), mostBytes),
                ImageReferences.of(new MockMultipartFile("photo", PHOTO), mostBytes),
                ImageReferences.of(new ByteArrayResource(PHOTO), mostBytes));
    }

    /** A thread that may not block subscribes. */
    private static ImageReference read(Mono<ImageReference> reference) {
        return reference.subscribeOn(Schedulers.parallel()).block(Servers.PATIENCE);
    }

    @Test
    void uploadsAndResourcesAreReadIntoMemory() {
        for (var reference : references(PHOTO.length)) {
            assertThat(read(reference)).isEqualTo(ImageReference.bytes(PHOTO));
        }
        assertThat(read(ImageReferences.of(part()))).isEqualTo(ImageReference.bytes(PHOTO));
    }

    @Test
    void whatHasMoreBytesThanTheLimitIsRejected(@TempDir Path folder) throws Exception {
        var file = Files.write(folder.resolve("photo.png"), PHOTO);
        var all = new ArrayList<>(references(PHOTO.length - 1));
        all.add(ImageReferences.of(new FileSystemResource(file), PHOTO.length - 1));
        for (var reference : all) {
            assertThatThrownBy(() -> read(reference))
                    .isInstanceOfSatisfying(
                            RejectedException.class,
                            rejected -> assertThat(rejected.reason()).isEqualTo(RejectedException.Reason.TOO_LARGE))
                    .hasMessageContaining("mostBytes");
        }
    }

    @Test
    void aFileIsReadWhileItIsSent(@TempDir Path folder) throws Exception {
        var file = Files.write(folder.resolve("photo.png"), PHOTO);
        assertThat(read(ImageReferences.of(new FileSystemResource(file)))).isEqualTo(ImageReference.file(file));
    }

    @Test
    void aLimitIsPositive() {
        assertThatThrownBy(() -> ImageReferences.of(part(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 or more");
    }

    @Test
    void thePictureIsNotCopiedIntoBuffers() {
        var bytes = PHOTO.clone();
        var image = GeneratedImage.of(0, null, List.of(ByteBuffer.wrap(bytes, 0, 2), ByteBuffer.wrap(bytes, 2, 3)));
        var buffers = ImageBuffers.of(image).collectList().block();
        bytes[4] = 42;
        assertThat(buffers).hasSize(2);
        assertThat(buffers.get(1).getByte(2)).isEqualTo((byte) 42);
        buffers.forEach(DataBufferUtils::release);
        assertThat(ImageBuffers.of(image).count().block()).isEqualTo(2);
    }
}
