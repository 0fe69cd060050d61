package dev.darkroom.emulator;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultPlan;
import dev.darkroom.emulator.fault.FaultScript;
import dev.darkroom.emulator.journal.Journal;
import dev.darkroom.emulator.openrouter.OpenRouter;
import dev.darkroom.emulator.openrouter.Pace;
import dev.darkroom.emulator.quota.Turnstile;
import dev.darkroom.emulator.server.EmulatorServer;
import dev.darkroom.emulator.server.Limits;
import java.net.URI;
import java.util.List;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A running image router. Safe to use from any thread; close it to free its port, its connections and its threads.
 *
 * <p>Draws on as many threads as there are processors: pictures in work are the largest thing in its memory.
 */
public final class RunningEmulator implements AutoCloseable {

    private static final int QUEUED_CALLS = 10_000;
    private static final int IDLE_SECONDS = 60;

    private final FaultScript script = new FaultScript();
    private final Journal journal = new Journal();
    private final String host;
    private final Scheduler workers;
    private final EmulatorServer server;

    RunningEmulator(Settings settings) {
        var time = settings.time;
        host = settings.host;
        workers = Schedulers.newBoundedElastic(
                Runtime.getRuntime().availableProcessors(), QUEUED_CALLS, "emulator-drawing", IDLE_SECONDS, true);
        var pace = new Pace(time, workers, settings.latency, settings.partials, settings.keepAlive);
        var quota = settings.quota;
        var openRouter = new OpenRouter(
                pace, settings.seed, quota == null ? null : new Turnstile(quota, time), settings.quotaFault);
        server = new EmulatorServer(
                new Limits(host, settings.port, settings.maxBody), List.of(openRouter), script, journal, time, workers);
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
        var reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + reachable + ":" + port() + "/openrouter/api/v1");
    }

    /**
     * Scripts faults: each image request to come takes one, in order of arrival, unless it names its own in the header
     * {@code X-Emulator-Fault}. {@link Fault#NONE} lets one pass.
     *
     * @param faults what the next requests meet
     */
    public void enqueue(Fault... faults) {
        for (var fault : faults) {
            script.add(fault.once());
        }
    }

    /**
     * Scripts faults with their particulars, as {@link #enqueue(Fault...)} does.
     *
     * @param plans what the next requests meet
     */
    public void enqueue(FaultPlan... plans) {
        for (var plan : plans) {
            script.add(plan);
        }
    }

    /** Forgets the faults which have not happened yet. */
    public void clearFaults() {
        script.clear();
    }

    /**
     * The number of scripted faults which have not happened yet.
     *
     * @return 0 or more
     */
    public int remainingFaults() {
        return script.remaining();
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
