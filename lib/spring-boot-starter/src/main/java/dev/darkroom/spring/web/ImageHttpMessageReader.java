package dev.darkroom.spring.web;

import dev.darkroom.image.GeneratedImage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.HttpMessageReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads a picture that is a body, with {@code WebClient} and {@code WebTestClient}. */
final class ImageHttpMessageReader implements HttpMessageReader<GeneratedImage> {

    private final int mostBytes;

    /** @param mostBytes of a picture */
    ImageHttpMessageReader(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public List<MediaType> getReadableMediaTypes() {
        return ImageHeaders.MEDIA_TYPES;
    }

    @Override
    public boolean canRead(ResolvableType elementType, @Nullable MediaType mediaType) {
        return elementType.toClass() == GeneratedImage.class
                && (mediaType == null || ImageHeaders.MEDIA_TYPES.stream().anyMatch(type -> type.includes(mediaType)));
    }

    @Override
    public Flux<GeneratedImage> read(
            ResolvableType elementType, ReactiveHttpInputMessage message, Map<String, Object> hints) {
        return readMono(elementType, message, hints).flux();
    }

    @Override
    public Mono<GeneratedImage> readMono(
            ResolvableType elementType, ReactiveHttpInputMessage message, Map<String, Object> hints) {
        var type = message.getHeaders().getContentType();
        return DataBufferUtils.join(message.getBody(), mostBytes).map(body -> {
            var bytes = ByteBuffer.allocate(body.readableByteCount());
            body.toByteBuffer(bytes);
            DataBufferUtils.release(body);
            return GeneratedImage.of(0, type == null ? null : type.getType() + "/" + type.getSubtype(), List.of(bytes));
        });
    }
}
