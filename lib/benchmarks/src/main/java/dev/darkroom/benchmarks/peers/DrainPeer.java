package dev.darkroom.benchmarks.peers;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/** reactor-netty reading an answer and dropping it: what nobody who uses this transport can be faster than. */
final class DrainPeer implements Peer {

    private final HttpClient client;

    DrainPeer(URI base, UnaryOperator<HttpClient> netty) {
        this.client = netty.apply(HttpClient.create()).baseUrl(base.toString());
    }

    @Override
    public void read(Consumer<List<ByteBuffer>> images) {
        client.headers(headers -> headers.set("Content-Length", 2))
                .post()
                .uri("/images")
                .send(ByteBufFlux.fromString(Mono.just("{}")))
                .responseContent()
                .blockLast();
    }
}
