package dev.darkroom.spring.web;

import dev.darkroom.image.ImageEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * Writes events with WebFlux. Servers ask for many groups of buffers ahead (Reactor Netty for 32), and write one after the other: so a group
 * asks for its event when its turn has come, and not before.
 */
final class EventHttpMessageWriter implements HttpMessageWriter<ImageEvent> {

    /** What is made of a picture's base64 at a time. */
    private static final int CHUNK = 16 << 10;

    private final EventSettings settings;

    EventHttpMessageWriter(EventSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<MediaType> getWritableMediaTypes() {
        return EventForm.mediaTypes();
    }

    @Override
    public boolean canWrite(ResolvableType elementType, @Nullable MediaType mediaType) {
        return ImageEvent.class.isAssignableFrom(elementType.toClass())
                && (mediaType == null || form(mediaType) != null);
    }

    private static @Nullable EventForm form(@Nullable MediaType mediaType) {
        return mediaType == null || mediaType.isWildcardType() ? EventForm.JSON : EventForm.of(mediaType);
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends ImageEvent> events,
            ResolvableType actualType,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ServerHttpRequest request,
            ServerHttpResponse response,
            Map<String, Object> hints) {
        var form = form(mediaType);
        if (form != null && EventResponses.wantsNothing(request.getMethod(), request.getHeaders(), form)) {
            response.setStatusCode(HttpStatus.NO_CONTENT);
            return response.setComplete();
        }
        return write(events, elementType, mediaType, response, hints);
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends ImageEvent> events,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ReactiveHttpOutputMessage message,
            Map<String, Object> hints) {
        var form = form(mediaType);
        if (form == null) {
            return Mono.error(new IllegalArgumentException("image events are not written as " + mediaType));
        }
        return Mono.deferContextual(context -> {
            var stream = EventStream.of(events, form, settings, context);
            return stream.opened()
                    .then(Mono.defer(() -> {
                        EventResponses.complete(message.getHeaders(), form);
                        return message.writeAndFlushWith(groups(stream, message.bufferFactory()));
                    }))
                    .doOnError(failure -> stream.cancel())
                    .doOnCancel(stream::cancel);
        });
    }

    /** A server of a test may call a body written before it reads it: the stream ends with its body, not with the writing. */
    private static Flux<Publisher<DataBuffer>> groups(EventStream stream, DataBufferFactory factory) {
        var group = Flux.defer(() -> stream.isEnded()
                ? Flux.<DataBuffer>empty()
                : stream.next().flatMapMany(frame -> buffers(frame, factory)));
        return Flux.<Publisher<DataBuffer>>generate(sink -> {
                    if (stream.isEnded()) {
                        sink.complete();
                    } else {
                        sink.next(group);
                    }
                })
                .doFinally(signal -> stream.cancel());
    }

    private static Flux<DataBuffer> buffers(EventFrame frame, DataBufferFactory factory) {
        return Flux.generate(() -> new Chunks(frame.asInputStream()), (chunks, sink) -> {
            chunks.next(factory, sink);
            return chunks;
        });
    }

    /** What is left of a frame. A buffer of the server's pool is allocated when it is asked for, and belongs to whoever asked. */
    private static final class Chunks {

        private final InputStream in;
        private final byte[] bytes = new byte[CHUNK];

        Chunks(InputStream in) {
            this.in = in;
        }

        void next(DataBufferFactory factory, SynchronousSink<DataBuffer> sink) {
            int count;
            try {
                count = in.readNBytes(bytes, 0, CHUNK);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // memory does not fail
            }
            if (count == 0) {
                sink.complete();
            } else {
                sink.next(factory.allocateBuffer(count).write(bytes, 0, count));
            }
        }
    }
}
