package dev.darkroom.benchmarks.server;

import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Lets whoever comes wait for good: under {@code /SENT} without an answer, under {@code /PREVIEWED} behind a preview of a
 * thousand bytes; under {@code /QUEUED} it refuses, and says to come back in an hour.
 */
public final class WaitingServer {

    private static final int BACKLOG = 4096;
    private static final int PREVIEW = 1000;
    private static final String EVENT = "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\""
            + Base64.getEncoder().encodeToString(new Shape(0, PREVIEW).image(0)) + "\",\"partial_image_index\":0}\n\n";

    private WaitingServer() {}

    /** Prints its port, and lives as long as its input. */
    public static void main(String[] arguments) throws IOException {
        var server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .handle(WaitingServer::answer)
                .bindNow();
        System.out.println("port=" + server.port());
        while (System.in.read() >= 0) {
            // the parent says nothing; it only ends
        }
        server.disposeNow();
    }

    private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        if (request.uri().startsWith("/SENT")) {
            return Mono.never();
        }
        if (request.uri().startsWith("/QUEUED")) {
            return response.status(429).header("Retry-After", "3600").send();
        }
        return response.header("Content-Type", "text/event-stream")
                .send(
                        ByteBufFlux.fromString(
                                Flux.concat(Mono.just(EVENT), Mono.never()),
                                StandardCharsets.US_ASCII,
                                response.alloc()),
                        piece -> true);
    }
}
