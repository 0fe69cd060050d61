package dev.darkroom.benchmarks.server;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The answers of {@link Pace#FAST} as a server writes them that somebody could run: reactor-netty, with its defaults. Where
 * {@link StaticServer} is faster than any client, this one is about as fast as the drain.
 */
public final class OrdinaryServer {

    private static final Map<String, EventStream> STREAMS = new ConcurrentHashMap<>();

    private OrdinaryServer() {}

    /** Prints its port, and lives as long as its input. */
    public static void main(String[] arguments) throws IOException {
        var server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(OrdinaryServer::answer)
                .bindNow();
        System.out.println("port=" + server.port());
        while (System.in.read() >= 0) {
            // the parent says nothing; it only ends
        }
        server.disposeNow();
    }

    private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        var shape = request.uri().split("/", 4)[2];
        var stream = STREAMS.computeIfAbsent(shape, key -> new EventStream(Shape.parse(key), false));
        return response.header("Content-Type", "text/event-stream")
                .send(Flux.fromIterable(stream.pieces()).map(piece -> Unpooled.wrappedBuffer(piece.duplicate())));
    }
}
