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
 * The HTTP server: finds the gateway of a request and hands over.
 *
 * <p>Has event loops of its own: a client under test may share reactor-netty's default ones.
 */
public final class EmulatorServer {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<Gateway> gateways;
    private final RequestReader requests;
    private final LoopResources loops = LoopResources.create("emulator-http", 1, 2, true);
    private final Scheduler workers;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final DisposableServer server;

    /**
     * Starts the server; returns once it listens.
     *
     * @param config where it listens, and how much it takes
     * @param gateways the APIs it speaks
     * @param faults the faults to come
     * @param journal where requests are written down
     * @param time the clock of delays and timestamps
     * @param workers where calls are answered, and pictures drawn; not disposed of here
     */
    public EmulatorServer(
            ServerConfig config,
            List<Gateway> gateways,
            FaultQueues faults,
            Journal journal,
            Scheduler time,
            Scheduler workers) {
        this.gateways = List.copyOf(gateways);
        this.workers = workers;
        this.requests = new RequestReader(config.maxBody(), faults, journal, time, workers);
        this.server = HttpServer.create()
                .runOn(loops, false)
                .host(config.host())
                .port(config.port())
                .idleTimeout(Duration.ofMinutes(5))
                .doOnConnection(connection -> connections.add(connection.channel()))
                .handle(this::serve)
                .bindNow(TIMEOUT);
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
        server.disposeNow(TIMEOUT);
        connections.close().awaitUninterruptibly(TIMEOUT.toMillis());
        loops.disposeLater(Duration.ZERO, TIMEOUT).block(TIMEOUT);
    }

    /** Waits until the server has stopped. */
    public void await() {
        server.onDispose().block();
    }

    private Mono<Void> serve(HttpServerRequest request, HttpServerResponse response) {
        String path = request.fullPath();
        var gateway = gateways.stream()
                .filter(candidate -> path.startsWith(candidate.prefix() + "/"))
                .findFirst()
                .orElseGet(() -> new UnknownPath(gateways));
        return requests.read(gateway, request, response).flatMap(exchange -> exchange.run(workers));
    }
}
