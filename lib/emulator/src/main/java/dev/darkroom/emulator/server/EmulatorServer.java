package dev.darkroom.emulator.server;

import dev.darkroom.emulator.journal.Journal;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * The HTTP server: finds the dialect of a request and hands over.
 *
 * <p>Has event loops of its own: a client under test may share reactor-netty's default ones.
 */
public final class EmulatorServer {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Dialect> dialects;
    private final Reception reception;
    private final LoopResources loops = LoopResources.create("emulator-http", 1, 2, true);
    private final Scheduler workers;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final DisposableServer server;

    /**
     * Starts the server; returns once it listens.
     *
     * @param limits where it listens, and how much it takes
     * @param dialects the APIs it speaks
     * @param scripts the faults to come
     * @param journal where requests are written down
     * @param time the clock of delays and timestamps
     * @param workers where calls are answered, and pictures drawn; not disposed of here
     */
    public EmulatorServer(
            Limits limits,
            List<Dialect> dialects,
            Scripts scripts,
            Journal journal,
            Scheduler time,
            Scheduler workers) {
        this.dialects = List.copyOf(dialects);
        this.workers = workers;
        this.reception = new Reception(limits.maxBody(), scripts, journal, time, workers);
        this.server = HttpServer.create()
                .runOn(loops, false)
                .host(limits.host())
                .port(limits.port())
                .idleTimeout(Duration.ofMinutes(5))
                .doOnConnection(connection -> connections.add(connection.channel()))
                .handle(this::serve)
                .bindNow(PATIENCE);
    }

    /**
     * The port it listens on.
     *
     * @return the real one, also when 0 was asked for
     */
    public int port() {
        return server.port();
    }

    /** Closes the socket and every connection; blocks until done, 10 s at most. */
    public void stop() {
        server.disposeNow(PATIENCE);
        connections.close().awaitUninterruptibly(PATIENCE.toMillis());
        loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
    }

    /** Waits until the server has stopped. */
    public void await() {
        server.onDispose().block();
    }

    private Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        String path = request.fullPath();
        var dialect = dialects.stream()
                .filter(candidate -> path.startsWith(candidate.prefix() + "/"))
                .findFirst()
                .orElseGet(() -> new Nowhere(dialects));
        return reception.receive(dialect, request, response).flatMap(exchange -> exchange.run(workers));
    }
}
