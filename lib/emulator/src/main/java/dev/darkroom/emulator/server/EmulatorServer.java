package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.FaultQueue;
import dev.darkroom.emulator.journal.Journal;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
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

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final List<Gateway> gateways;
    private final RequestReader requests;
    private final LoopResources loops = LoopResources.create("emulator-http", 1, 2, true);
    private final Scheduler workers;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ServerConfig config;
    private final FaultQueue handshakes;
    private final DisposableServer server;
    private @Nullable Secure secure;

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
        this.config = config;
        this.handshakes = faults.handshakes();
        this.server = listening(config.port()).bindNow(TIMEOUT);
    }

    private HttpServer listening(int port) {
        return HttpServer.create()
                .runOn(loops, false)
                .host(config.host())
                .port(port)
                .idleTimeout(Duration.ofMinutes(5))
                .doOnChannelInit((observer, channel, address) -> connections.add(channel))
                .handle(this::serve);
    }

    /**
     * The port it listens on.
     *
     * @return the real one, also when 0 was asked for
     */
    public int port() {
        return server.port();
    }

    /**
     * The port on which it speaks TLS, and both HTTP/1.1 and HTTP/2 there. Starts to listen when first asked.
     *
     * @return the real one, also when 0 was asked for
     */
    public synchronized int tlsPort() {
        var begun = secure;
        if (begun == null) {
            var identities = new TlsIdentities();
            begun = new Secure(
                    identities,
                    listening(config.tlsPort())
                            .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
                            .doOnChannelInit((observer, channel, address) -> HandshakeFault.install(
                                    channel, handshakes.next().fault()))
                            .secure(spec -> spec.sslContext(identities.usual()).setSniAsyncMappings(identities))
                            .bindNow(TIMEOUT));
            secure = begun;
        }
        return begun.server().port();
    }

    /**
     * Who vouches for the certificate of its TLS. Starts to listen when first asked.
     *
     * @return what clients have to trust
     */
    public synchronized X509Certificate certificateAuthority() {
        tlsPort();
        return Objects.requireNonNull(secure).identities().authority();
    }

    private record Secure(TlsIdentities identities, DisposableServer server) {}

    /** Closes the sockets and every connection; blocks until done, two minutes at most. */
    public synchronized void stop() {
        server.disposeNow(TIMEOUT);
        if (secure != null) {
            secure.server().disposeNow(TIMEOUT);
        }
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
