package dev.darkroom.spring.web;

import dev.darkroom.image.GeneratedImage;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

/** The bytes of a picture as Spring's buffers, without a copy: for a response, a multipart part, a file. */
public final class ImageBuffers {

    private ImageBuffers() {}

    /**
     * The bytes in buffers of the heap. A server or client of Netty copies these once more: give it those of its own factory.
     *
     * @param image a picture with its bytes
     * @return as many buffers as it was received in; they share its bytes and must not be written to. Can be subscribed to again; fails with
     *     an {@link IllegalStateException} if only the picture's URL is known
     */
    public static Flux<DataBuffer> of(GeneratedImage image) {
        return of(image, DefaultDataBufferFactory.sharedInstance);
    }

    /**
     * The bytes in buffers of a factory.
     *
     * @param image a picture with its bytes
     * @param factory of the response or request which the buffers are for, {@code response.bufferFactory()}
     * @return as {@link #of(GeneratedImage)} says
     */
    public static Flux<DataBuffer> of(GeneratedImage image, DataBufferFactory factory) {
        return Flux.defer(() -> Flux.fromIterable(image.asByteBuffers())).map(factory::wrap);
    }
}
