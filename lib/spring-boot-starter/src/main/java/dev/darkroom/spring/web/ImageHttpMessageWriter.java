package dev.darkroom.spring.web;

import dev.darkroom.image.GeneratedImage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes one picture with WebFlux, from its segments. Several of them are no one body. */
final class ImageHttpMessageWriter implements HttpMessageWriter<GeneratedImage> {

    @Override
    public List<MediaType> getWritableMediaTypes() {
        return ImageHeaders.MEDIA_TYPES;
    }

    @Override
    public boolean canWrite(ResolvableType elementType, @Nullable MediaType mediaType) {
        return elementType.toClass() == GeneratedImage.class
                && (mediaType == null
                        || ImageHeaders.MEDIA_TYPES.stream().anyMatch(type -> type.isCompatibleWith(mediaType)));
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends GeneratedImage> images,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ReactiveHttpOutputMessage message,
            Map<String, Object> hints) {
        return Flux.from(images).singleOrEmpty().flatMap(image -> {
            ImageHeaders.describe(image, message.getHeaders());
            return message.writeWith(ImageBuffers.of(image, message.bufferFactory()));
        });
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends GeneratedImage> images,
            ResolvableType actualType,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ServerHttpRequest request,
            ServerHttpResponse response,
            Map<String, Object> hints) {
        return Flux.from(images).singleOrEmpty().flatMap(image -> {
            ImageHeaders.describe(image, response.getHeaders());
            var etag = response.getHeaders().getETag();
            if (!request.getHeaders().getIfNoneMatch().contains(etag)) {
                return response.writeWith(ImageBuffers.of(image, response.bufferFactory()));
            }
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
            return response.setComplete();
        });
    }
}
