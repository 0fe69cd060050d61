package dev.darkroom;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Serves what a test puts there, and remembers who came: connections, paths and headers. */
public final class FileServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Answers one request. */
    @FunctionalInterface
    public interface Answer {
        Publisher<Void> to(HttpServerRequest request, HttpServerResponse response);
    }

    private final DisposableServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<String> paths = new ConcurrentLinkedQueue<>();
    private final Queue<HttpHeaders> headers = new ConcurrentLinkedQueue<>();

    public FileServer() {
        this("127.0.0.1", 0);
    }

    public FileServer(String host, int port) {
        server = HttpServer.create()
                .host(host)
                .port(port)
                .doOnChannelInit((observer, channel, remote) -> {
                    connections.incrementAndGet();
                    open.incrementAndGet();
                    channel.closeFuture().addListener(closed -> open.decrementAndGet());
                })
                .handle(this::answer)
                .bindNow(PATIENCE);
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        paths.add(request.uri());
        headers.add(request.requestHeaders().copy());
        var answer = answers.get(request.uri());
        return answer == null ? response.sendNotFound() : answer.to(request, response);
    }

    public FileServer put(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    /** Serves bytes with their length. */
    public FileServer put(String path, byte[] content) {
        return put(
                path,
                (request, response) -> response.header("Content-Length", String.valueOf(content.length))
                        .sendByteArray(Mono.just(content)));
    }

    /** Serves a redirect. */
    public FileServer move(String path, String location) {
        return put(
                path,
                (request, response) -> response.status(302)
                        .header("Location", location)
                        .header("Content-Length", "0")
                        .send());
    }

    /** A PNG as far as anybody looks, of this many bytes. */
    public static byte[] picture(int size) {
        var picture = new byte[size];
        Arrays.fill(picture, (byte) 7);
        var signature = new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        System.arraycopy(signature, 0, picture, 0, signature.length);
        return picture;
    }

    public URI url(String path) {
        return URI.create("http://" + server.host() + ":" + server.port() + path);
    }

    public int port() {
        return server.port();
    }

    public int connections() {
        return connections.get();
    }

    public int openConnections() {
        return open.get();
    }

    /** The paths asked for, oldest first. */
    public List<String> paths() {
        return List.copyOf(paths);
    }

    /** The headers of the requests, oldest first. */
    public List<HttpHeaders> headers() {
        return List.copyOf(headers);
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofMinutes(1));
    }
}
