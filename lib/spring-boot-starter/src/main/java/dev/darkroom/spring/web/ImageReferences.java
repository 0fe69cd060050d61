package dev.darkroom.spring.web;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.RejectedException;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.multipart.MultipartFile;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * References from what Spring hands to a controller: an uploaded file, a resource. All are read when they are subscribed to, off the
 * event loop, and no further than a limit: what has more bytes is a {@link RejectedException} whose reason is
 * {@link RejectedException.Reason#TOO_LARGE}, which answers 413.
 *
 * <pre>{@code
 * @PostMapping("/edit")
 * Flux<ImageEvent> edit(@RequestPart FilePart photo) {
 *     return ImageReferences.of(photo).flatMapMany(reference -> images.generate(request.references(reference)));
 * }
 * }</pre>
 */
public final class ImageReferences {

    /** How many bytes are taken unless a limit is named. */
    public static final int MOST_BYTES = 32 << 20;

    private ImageReferences() {}

    /**
     * An uploaded file, in WebFlux; at most {@value #MOST_BYTES} bytes.
     *
     * @param upload the part of a form
     * @return the reference, its bytes in memory; or what reading the part failed with
     */
    public static Mono<ImageReference> of(FilePart upload) {
        return of(upload, MOST_BYTES);
    }

    /**
     * An uploaded file, in WebFlux.
     *
     * @param upload the part of a form
     * @param mostBytes 1 or more
     * @return the reference, its bytes in memory; or what reading the part failed with
     */
    public static Mono<ImageReference> of(FilePart upload, int mostBytes) {
        return DataBufferUtils.join(upload.content(), positive(mostBytes))
                .map(ImageReferences::bytes)
                .onErrorMap(DataBufferLimitException.class, e -> tooLarge(mostBytes));
    }

    /**
     * An uploaded file, in MVC; at most {@value #MOST_BYTES} bytes. Subscribe before the request ends, which deletes it: a controller that
     * returns the publisher does.
     *
     * @param upload the part of a form
     * @return the reference, its bytes in memory; or the {@link IOException} that reading failed with
     */
    public static Mono<ImageReference> of(MultipartFile upload) {
        return of(upload, MOST_BYTES);
    }

    /**
     * An uploaded file, in MVC.
     *
     * @param upload the part of a form
     * @param mostBytes 1 or more
     * @return the reference, its bytes in memory; or the {@link IOException} that reading failed with
     */
    public static Mono<ImageReference> of(MultipartFile upload, int mostBytes) {
        return read(upload::getInputStream, positive(mostBytes));
    }

    /**
     * A resource; at most {@value #MOST_BYTES} bytes.
     *
     * @param resource a file, which is read while it is sent, or anything else, which is read into memory
     * @return the reference; or the {@link IOException} that reading failed with
     */
    public static Mono<ImageReference> of(Resource resource) {
        return of(resource, MOST_BYTES);
    }

    /**
     * A resource.
     *
     * @param resource a file, which is read while it is sent, or anything else, which is read into memory
     * @param mostBytes 1 or more
     * @return the reference; or the {@link IOException} that reading failed with
     */
    public static Mono<ImageReference> of(Resource resource, int mostBytes) {
        positive(mostBytes);
        return Mono.defer(
                        () -> resource.isFile() ? file(resource, mostBytes) : read(resource::getInputStream, mostBytes))
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Mono<ImageReference> file(Resource resource, int mostBytes) {
        return Mono.fromCallable(() -> {
            if (resource.contentLength() > mostBytes) {
                throw tooLarge(mostBytes);
            }
            return ImageReference.file(resource.getFile().toPath());
        });
    }

    private static Mono<ImageReference> read(Source source, int mostBytes) {
        return Mono.fromCallable(() -> {
                    try (var in = source.open()) {
                        var bytes = in.readNBytes(mostBytes);
                        if (bytes.length == mostBytes && in.read() >= 0) {
                            throw tooLarge(mostBytes);
                        }
                        return ImageReference.bytes(bytes);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static ImageReference bytes(DataBuffer content) {
        var bytes = new byte[content.readableByteCount()];
        content.read(bytes);
        DataBufferUtils.release(content);
        return ImageReference.bytes(bytes);
    }

    private static int positive(int mostBytes) {
        if (mostBytes < 1) {
            throw new IllegalArgumentException("the most bytes of a reference are 1 or more, not " + mostBytes);
        }
        return mostBytes;
    }

    private static RejectedException tooLarge(int mostBytes) {
        return new RejectedException(
                RejectedException.Reason.TOO_LARGE,
                "not sent: the reference has more than " + mostBytes + " bytes (ImageReferences.of(.., mostBytes))",
                FailureDetails.NONE);
    }

    private interface Source {

        InputStream open() throws IOException;
    }
}
