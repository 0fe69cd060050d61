package dev.darkroom.emulator;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultHeader;
import dev.darkroom.emulator.gateway.Gateways;
import dev.darkroom.emulator.gateway.common.AdmissionCheck;
import dev.darkroom.emulator.gateway.common.ObjectStorage;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.ProtocolGateway;
import dev.darkroom.emulator.gateway.common.Renderer;
import dev.darkroom.emulator.gateway.common.Timing;
import dev.darkroom.emulator.journal.Journal;
import dev.darkroom.emulator.quota.RateLimiter;
import dev.darkroom.emulator.server.EmulatorServer;
import dev.darkroom.emulator.server.FaultQueues;
import dev.darkroom.emulator.server.Gateway;
import dev.darkroom.emulator.server.ServerConfig;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A running image router, with the APIs of several gateways. Safe to use from any thread; close it to free its port, its
 * connections and its threads.
 *
 * <p>Draws on as many threads as there are processors: pictures in work are the largest thing in its memory.
 */
public final class RunningEmulator implements AutoCloseable {

    private static final int QUEUED_CALLS = 10_000;
    private static final int IDLE_SECONDS = 60;

    private final FaultQueues faults = FaultQueues.empty();
    private final Journal journal = new Journal();
    private final String host;
    private final Scheduler workers;
    private final PictureStore pictures;
    private final Gateways gateways;
    private final EmulatorServer server;

    RunningEmulator(Settings settings) {
        host = settings.host;
        workers = Schedulers.newBoundedElastic(
                Runtime.getRuntime().availableProcessors(), QUEUED_CALLS, "emulator-drawing", IDLE_SECONDS, true);
        pictures = new PictureStore(settings.time, settings.imageUrlLifetime, settings.seed);
        gateways = gateways(settings);
        server = new EmulatorServer(
                new ServerConfig(host, settings.port, settings.tlsPort, settings.maxBody),
                Stream.concat(gateways.protocols().stream(), Stream.of(new ObjectStorage(pictures)))
                        .<Gateway>map(protocol -> new ProtocolGateway(protocol, settings.time))
                        .toList(),
                faults,
                journal,
                settings.time,
                workers);
    }

    private Gateways gateways(Settings settings) {
        var timing = new Timing(
                settings.time, workers, settings.latency, settings.partials, settings.lookupDelay, settings.keepAlive);
        var renderer = new Renderer(timing, settings.shrink);
        return new Gateways(renderer, pictures, () -> admission(settings, timing), settings.seed);
    }

    private static AdmissionCheck admission(Settings settings, Timing timing) {
        var rateLimiter = settings.quota == null ? null : new RateLimiter(settings.quota, settings.time);
        return new AdmissionCheck(rateLimiter, settings.quotaFault, timing);
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
     * The gateways whose APIs it speaks.
     *
     * @return their names, such as {@code openrouter}, always in the same order
     */
    public List<String> gateways() {
        return gateways.names();
    }

    /**
     * The models of a gateway: of each there is a picture, at any of the sizes it takes.
     *
     * @param gateway its name, one of {@link #gateways()}
     * @return their ids, as a request names them
     * @throws IllegalArgumentException if there is no such gateway; the message lists those there are
     */
    public List<String> models(String gateway) {
        return gateways.models(gateway);
    }

    /**
     * Where a gateway's API is.
     *
     * @param gateway its name, one of {@link #gateways()}
     * @return such as {@code http://127.0.0.1:PORT/openrouter/api/v1}, without a slash at its end
     * @throws IllegalArgumentException if there is no such gateway; the message lists those there are
     */
    public URI baseUrl(String gateway) {
        var reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + reachable + ":" + port() + gateways.basePath(gateway));
    }

    /** {@return the base URL of OpenRouter's API, {@code http://127.0.0.1:PORT/openrouter/api/v1}} */
    public URI openRouterBaseUrl() {
        return baseUrl("openrouter");
    }

    /** {@return the base URL of token360's API, {@code http://127.0.0.1:PORT/token360/v1}} */
    public URI token360BaseUrl() {
        return baseUrl("token360");
    }

    /** {@return the base URL of OpenAI's API, {@code http://127.0.0.1:PORT/openai/v1}} */
    public URI openAiBaseUrl() {
        return baseUrl("openai");
    }

    /** {@return the base URL of myrouter's API, {@code http://127.0.0.1:PORT/myrouter/v3}} */
    public URI myRouterBaseUrl() {
        return baseUrl("myrouter");
    }

    /** {@return the base URL of Ark's API, {@code http://127.0.0.1:PORT/ark/api/v3}} */
    public URI arkBaseUrl() {
        return baseUrl("ark");
    }

    /** {@return the base URL of MiniMax's API, {@code http://127.0.0.1:PORT/minimax/v1}} */
    public URI miniMaxBaseUrl() {
        return baseUrl("minimax");
    }

    /**
     * Where a gateway's API is by TLS, with HTTP/1.1 and HTTP/2. Starts to listen there when first asked. Its certificate is for
     * {@code localhost} and the addresses of the loopback interface; {@link #certificateAuthority()} vouches for it.
     *
     * @param gateway its name, one of {@link #gateways()}
     * @return such as {@code https://localhost:PORT/openrouter/api/v1}, without a slash at its end
     * @throws IllegalArgumentException if there is no such gateway; the message lists those there are
     */
    public URI tlsBaseUrl(String gateway) {
        return URI.create("https://localhost:" + server.tlsPort() + gateways.basePath(gateway));
    }

    /**
     * Who vouches for the certificate of {@link #tlsBaseUrl(String)}: made when TLS is first asked for, and by no other emulator.
     *
     * @return what a client has to trust
     */
    public X509Certificate certificateAuthority() {
        return server.certificateAuthority();
    }

    /**
     * Queues faults: each image request to come takes one, in order of arrival, unless it names its own in the header
     * {@code X-Emulator-Fault}. {@link Fault#NONE} lets one pass. Those of the handshake wait for connections by TLS.
     *
     * @param next what the next requests meet
     */
    public void enqueue(Fault... next) {
        for (var fault : next) {
            enqueue(fault.once());
        }
    }

    /**
     * Queues faults with their options, as {@link #enqueue(Fault...)} does.
     *
     * @param plans what the next requests meet
     */
    public void enqueue(Fault.Plan... plans) {
        for (var plan : plans) {
            boolean handshake = plan.fault().kind() == Fault.Kind.HANDSHAKE;
            (handshake ? faults.handshakes() : faults.generations()).add(plan);
        }
    }

    /**
     * Queues faults as a header or a command line names them, such as {@code reset; bytes=1200; times=2}.
     *
     * @param orders what the next requests meet
     * @throws IllegalArgumentException if one cannot be read; the message says what would be right
     */
    public void enqueue(String... orders) {
        for (var order : orders) {
            enqueue(FaultHeader.parse(order));
        }
    }

    /**
     * Queues faults of downloads: each request to come which fetches an image by its URL takes one, in order of arrival.
     *
     * @param plans what the next downloads meet
     */
    public void enqueueDownload(Fault.Plan... plans) {
        for (var plan : plans) {
            faults.downloads().add(plan);
        }
    }

    /**
     * Queues faults of requests by id: each one to come which asks what became of a generation, reads on in its stream, ends
     * or forgets it takes one, in order of arrival.
     *
     * @param plans what the next of them meet
     */
    public void enqueueFollowUp(Fault.Plan... plans) {
        for (var plan : plans) {
            faults.followUps().add(plan);
        }
    }

    /** Forgets the faults which have not happened yet. */
    public void clearFaults() {
        faults.clear();
    }

    /**
     * The number of queued faults which have not happened yet.
     *
     * @return 0 or more
     */
    public int remainingFaults() {
        return faults.remaining();
    }

    /** Lets every image URL handed out so far expire. */
    public void expireImageUrls() {
        pictures.expire();
    }

    /**
     * What it received, and what became of it.
     *
     * @return the journal, which stays readable after {@link #close()}
     */
    public Journal journal() {
        return journal;
    }

    /** Blocks until another thread closes it. For a command line. */
    public void await() {
        server.await();
    }

    /** Closes the port and every connection, and stops all drawing. Blocks until done, two minutes at most. */
    @Override
    public void close() {
        server.stop();
        workers.dispose();
    }
}
