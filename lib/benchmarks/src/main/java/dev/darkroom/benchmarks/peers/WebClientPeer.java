package dev.darkroom.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;

/**
 * Spring's WebClient, as its reference documentation reads Server-Sent Events of JSON: {@code bodyToFlux} of a typed event,
 * with {@code maxInMemorySize} raised from its 256 KiB.
 *
 * @param <E> the type of an event's data
 * @see <a href="https://docs.spring.io/spring-framework/reference/web/webflux-webclient/client-builder.html">WebClient
 *     configuration, with maxInMemorySize</a>
 */
final class WebClientPeer<E extends WebClientPeer.Event> implements Peer {

    static final ParameterizedTypeReference<ServerSentEvent<Text>> TEXT = new ParameterizedTypeReference<>() {};
    static final ParameterizedTypeReference<ServerSentEvent<Bytes>> BYTES = new ParameterizedTypeReference<>() {};

    private static final String REQUEST = """
            {"model":"openai/gpt-image-1-mini","prompt":"a lighthouse at dawn","stream":true}""";

    private final WebClient client;
    private final ParameterizedTypeReference<ServerSentEvent<E>> type;

    WebClientPeer(URI base, UnaryOperator<HttpClient> netty, ParameterizedTypeReference<ServerSentEvent<E>> type) {
        this.client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(netty.apply(HttpClient.create())))
                .baseUrl(base.toString())
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(1 << 30))
                .build();
        this.type = type;
    }

    @Override
    public void read(Consumer<List<ByteBuffer>> images) {
        client.post()
                .uri("/images")
                .contentType(MediaType.APPLICATION_JSON)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .bodyValue(REQUEST)
                .retrieve()
                .bodyToFlux(type)
                .mapNotNull(ServerSentEvent::data)
                .doOnNext(event -> images.accept(List.of(ByteBuffer.wrap(event.image()))))
                .blockLast();
    }

    /** What an event says. */
    interface Event {
        byte[] image();
    }

    /** The image as the text it is in JSON. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Text(String type, @JsonProperty("b64_json") String base64) implements Event {

        @Override
        public byte[] image() {
            return Base64.getDecoder().decode(base64);
        }
    }

    /** The image as Jackson decodes it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @SuppressWarnings("ArrayRecordComponent") // nobody compares it
    record Bytes(String type, @JsonProperty("b64_json") byte[] bytes) implements Event {

        @Override
        public byte[] image() {
            return bytes;
        }
    }
}
