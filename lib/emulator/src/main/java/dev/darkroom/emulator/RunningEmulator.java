package dev.darkroom.emulator;

import dev.darkroom.emulator.ark.Ark;
import dev.darkroom.emulator.desk.Desk;
import dev.darkroom.emulator.desk.Entrance;
import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Pace;
import dev.darkroom.emulator.desk.Storage;
import dev.darkroom.emulator.desk.Studio;
import dev.darkroom.emulator.desk.Tongue;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultPlan;
import dev.darkroom.emulator.fault.FaultScript;
import dev.darkroom.emulator.journal.Journal;
import dev.darkroom.emulator.minimax.MiniMax;
import dev.darkroom.emulator.myrouter.MyRouter;
import dev.darkroom.emulator.openai.OpenAi;
import dev.darkroom.emulator.openrouter.OpenRouter;
import dev.darkroom.emulator.quota.Turnstile;
import dev.darkroom.emulator.server.Dialect;
import dev.darkroom.emulator.server.EmulatorServer;
import dev.darkroom.emulator.server.Limits;
import dev.darkroom.emulator.server.Scripts;
import dev.darkroom.emulator.token360.Token360;
import java.net.URI;
import java.util.List;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A running image router, with the APIs of several. Safe to use from any thread; close it to free its port, its connections and its threads.
 *
 * <p>Draws on as many threads as there are processors: pictures in work are the largest thing in its memory.
 */
public final class RunningEmulator implements AutoCloseable {

    private static final int QUEUED_CALLS = 10_000;
    private static final int IDLE_SECONDS = 60;

    private final Scripts scripts = new Scripts(new FaultScript(), new FaultScript());
    private final Journal journal = new Journal();
    private final String host;
    private final Scheduler workers;
    private final Gallery gallery;
    private final EmulatorServer server;

    RunningEmulator(Settings settings) {
        var time = settings.time;
        host = settings.host;
        workers = Schedulers.newBoundedElastic(
                Runtime.getRuntime().availableProcessors(), QUEUED_CALLS, "emulator-drawing", IDLE_SECONDS, true);
        gallery = new Gallery(time, settings.imageUrlLifetime, settings.seed);
        var dialects = tongues(settings).stream()
                .<Dialect>map(tongue -> new Desk(tongue, time))
                .toList();
        var limits = new Limits(host, settings.port, settings.maxBody);
        server = new EmulatorServer(limits, dialects, scripts, journal, time, workers);
    }

    private List<Tongue> tongues(Settings settings) {
        var pace = new Pace(settings.time, workers, settings.latency, settings.partials, settings.keepAlive);
        var studio = new Studio(pace, settings.shrink);
        long seed = settings.seed;
        return List.of(
                new OpenRouter(studio, entrance(settings, pace), seed),
                new Token360(studio, gallery, entrance(settings, pace), seed),
                new MyRouter(studio, gallery, entrance(settings, pace), seed),
                new OpenAi(studio, entrance(settings, pace), seed),
                new Ark(studio, gallery, entrance(settings, pace), seed),
                new MiniMax(studio, gallery, entrance(settings, pace), seed),
                new Storage(gallery));
    }

    /** Each API counts for itself. */
    private static Entrance entrance(Settings settings, Pace pace) {
        var quota = settings.quota;
        return new Entrance(quota == null ? null : new Turnstile(quota, settings.time), settings.quotaFault, pace);
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
     * Where OpenRouter's API is.
     *
     * @return {@code http://127.0.0.1:PORT/openrouter/api/v1}, without a slash at its end
     */
    public URI openRouterBaseUrl() {
        return baseUrl("/openrouter/api/v1");
    }

    /**
     * Where token360's API is.
     *
     * @return {@code http://127.0.0.1:PORT/token360/v1}, without a slash at its end
     */
    public URI token360BaseUrl() {
        return baseUrl("/token360/v1");
    }

    /**
     * Where OpenAI's API is.
     *
     * @return {@code http://127.0.0.1:PORT/openai/v1}, without a slash at its end
     */
    public URI openAiBaseUrl() {
        return baseUrl("/openai/v1");
    }

    /**
     * Where myrouter's API is.
     *
     * @return {@code http://127.0.0.1:PORT/myrouter/v3}, without a slash at its end
     */
    public URI myRouterBaseUrl() {
        return baseUrl("/myrouter/v3");
    }

    /**
     * Where Ark's API is.
     *
     * @return {@code http://127.0.0.1:PORT/ark/api/v3}, without a slash at its end
     */
    public URI arkBaseUrl() {
        return baseUrl("/ark/api/v3");
    }

    /**
     * Where MiniMax's API is.
     *
     * @return {@code http://127.0.0.1:PORT/minimax/v1}, without a slash at its end
     */
    public URI miniMaxBaseUrl() {
        return baseUrl("/minimax/v1");
    }

    private URI baseUrl(String path) {
        var reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + reachable + ":" + port() + path);
    }

    /**
     * Scripts faults: each image request to come takes one, in order of arrival, unless it names its own in the header
     * {@code X-Emulator-Fault}. {@link Fault#NONE} lets one pass.
     *
     * @param faults what the next requests meet
     */
    public void enqueue(Fault... faults) {
        for (var fault : faults) {
            scripts.generations().add(fault.once());
        }
    }

    /**
     * Scripts faults with their particulars, as {@link #enqueue(Fault...)} does.
     *
     * @param plans what the next requests meet
     */
    public void enqueue(FaultPlan... plans) {
        for (var plan : plans) {
            scripts.generations().add(plan);
        }
    }

    /**
     * Scripts faults of downloads: each request to come which fetches an image by its URL takes one, in order of arrival.
     *
     * @param plans what the next downloads meet
     */
    public void enqueueDownload(FaultPlan... plans) {
        for (var plan : plans) {
            scripts.downloads().add(plan);
        }
    }

    /** Forgets the faults which have not happened yet. */
    public void clearFaults() {
        scripts.generations().clear();
        scripts.downloads().clear();
    }

    /**
     * The number of scripted faults which have not happened yet.
     *
     * @return 0 or more
     */
    public int remainingFaults() {
        return scripts.generations().remaining() + scripts.downloads().remaining();
    }

    /** Lets every image URL handed out so far expire. */
    public void expireImageUrls() {
        gallery.expire();
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

    /** Closes the port and every connection, and stops all drawing. Blocks until done, 10 s at most. */
    @Override
    public void close() {
        server.stop();
        workers.dispose();
    }
}
