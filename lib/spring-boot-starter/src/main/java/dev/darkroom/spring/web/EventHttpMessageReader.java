package dev.darkroom.spring.web;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.json.ImageEventModule;
import dev.darkroom.json.JsonEvent;
import dev.darkroom.json.JsonEvents;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpInputMessage;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.ServerSentEventHttpMessageReader;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads with {@code WebClient} and {@code WebTestClient} what the other side writes: the end has its pictures again, and a last event
 * that tells of a failure is that failure. Spring's own limit, 256 kB an event, is less than a picture; this one has its own.
 */
final class EventHttpMessageReader implements HttpMessageReader<ImageEvent> {

    private static final ResolvableType LINE = ResolvableType.forClass(JsonEvent.class);

    private final int mostBytes;
    private volatile @Nullable Decoders decoders;

    /** @param mostBytes of one event */
    EventHttpMessageReader(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Of lines, and of an event stream. */
    private record Decoders(JacksonJsonDecoder json, ServerSentEventHttpMessageReader sse) {

        static Decoders of(int mostBytes) {
            var factory = JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(mostBytes)
                            .build())
                    .build();
            var json = new JacksonJsonDecoder(JsonMapper.builder(factory)
                    .addModule(new ImageEventModule())
                    .build());
            json.setMaxInMemorySize(mostBytes);
            var sse = new ServerSentEventHttpMessageReader(json);
            sse.setMaxInMemorySize(mostBytes);
            return new Decoders(json, sse);
        }
    }

    /** Made when something is read: every server has this reader, and few read events. Two that are made at a time are alike. */
    private Decoders decoders() {
        var made = decoders;
        if (made == null) {
            made = Decoders.of(mostBytes);
            decoders = made;
        }
        return made;
    }

    @Override
    public List<MediaType> getReadableMediaTypes() {
        return EventForm.mediaTypes();
    }

    @Override
    public boolean canRead(ResolvableType elementType, @Nullable MediaType mediaType) {
        return elementType.toClass() == ImageEvent.class && (mediaType == null || EventForm.of(mediaType) != null);
    }

    @Override
    public Flux<ImageEvent> read(
            ResolvableType elementType, ReactiveHttpInputMessage message, Map<String, Object> hints) {
        return lines(message, hints)
                .transform(JsonEvents.read())
                .onErrorMap(DataBufferLimitException.class, this::tooLarge);
    }

    @Override
    public Mono<ImageEvent> readMono(
            ResolvableType elementType, ReactiveHttpInputMessage message, Map<String, Object> hints) {
        return read(elementType, message, hints).next();
    }

    private Flux<JsonEvent> lines(ReactiveHttpInputMessage message, Map<String, Object> hints) {
        var lines = EventForm.of(message.getHeaders().getContentType()) == EventForm.SSE
                ? decoders().sse().read(LINE, message, hints)
                : decoders().json().decode(message.getBody(), LINE, null, hints);
        return lines.cast(JsonEvent.class);
    }

    private OutcomeUnknownException tooLarge(Throwable cause) {
        return new OutcomeUnknownException(
                OutcomeUnknownException.Reason.TOO_LARGE,
                "an event has more than " + mostBytes + " bytes (darkroom.web.events.max-event-size)",
                FailureDetails.NONE,
                PartialResult.NOTHING,
                cause);
    }
}
