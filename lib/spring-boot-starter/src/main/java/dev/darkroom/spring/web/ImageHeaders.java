package dev.darkroom.spring.web;

import dev.darkroom.image.GeneratedImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** What WebFlux and MVC say alike of a picture that is a body. */
final class ImageHeaders {

    /** The first is what a picture is called where nobody asks for a type; what it is then called is what it is. */
    static final List<MediaType> MEDIA_TYPES = List.of(
            MediaType.IMAGE_PNG,
            MediaType.IMAGE_JPEG,
            MediaType.parseMediaType("image/webp"),
            MediaType.parseMediaType("image/avif"),
            MediaType.IMAGE_GIF,
            MediaType.parseMediaType("image/svg+xml"),
            MediaType.parseMediaType("image/*"),
            MediaType.APPLICATION_OCTET_STREAM);

    private ImageHeaders() {}

    /** What its bytes say it is, whatever was asked for: a browser that is told otherwise shows nothing. */
    static MediaType typeOf(GeneratedImage image) {
        var type = image.mediaType();
        return type == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(type);
    }

    /** Of the bytes: two sums that the processor computes about as fast as it reads, for a hash would hold an event loop up. */
    static String etag(GeneratedImage image) {
        return "\"" + Long.toHexString(image.size()) + "-" + sum(image, new CRC32()) + sum(image, new CRC32C()) + "\"";
    }

    private static String sum(GeneratedImage image, Checksum sum) {
        for (ByteBuffer segment : image.asByteBuffers()) {
            sum.update(segment);
        }
        return "%08x".formatted(sum.getValue());
    }

    /**
     * Sets what describes the bytes. A picture of markup can hold scripts; none of them runs, also where somebody opens it alone.
     *
     * @throws RuntimeException why its bytes are missing, if they are
     */
    static void describe(GeneratedImage image, HttpHeaders headers) {
        if (!image.isLoaded() && image.downloadFailure() instanceof RuntimeException cause) {
            throw cause;
        }
        var type = typeOf(image);
        headers.setETag(etag(image));
        headers.setContentType(type);
        headers.setContentLength(image.size());
        headers.set("X-Content-Type-Options", "nosniff");
        if (type.getSubtype().contains("xml") && !headers.containsHeader("Content-Security-Policy")) {
            headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        }
    }
}
