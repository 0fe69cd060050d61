package dev.darkroom.emulator;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.quota.Quota;
import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.scheduler.Scheduler;

/**
 * A local image router, before it is started: what it shall be like.
 *
 * <pre>{@code
 * try (var emulator = ImageEmulator.create().quota(20, Duration.ofMinutes(1)).start()) {
 *     URI base = emulator.openRouterBaseUrl();   // http://127.0.0.1:PORT/openrouter/api/v1; the others beside it
 *     ...
 * }
 * }</pre>
 *
 * <p>Immutable: every setting returns a copy. No network is needed, and no key but one which starts with {@code sk-}.
 *
 * <table>
 *   <caption>Keys and prompts with a meaning; the reply is that of the API asked</caption>
 *   <tr><td>no key, or one which does not start with {@code sk-}</td><td>not known</td></tr>
 *   <tr><td>key {@code sk-emulator-broke}</td><td>{@link Fault#CREDITS}</td></tr>
 *   <tr><td>key {@code sk-emulator-busy}</td><td>{@link Fault#IN_FLIGHT_BUDGET}</td></tr>
 *   <tr><td>key {@code sk-emulator-limited}</td><td>{@link Fault#FORBIDDEN}</td></tr>
 *   <tr><td>prompt with the word {@code gore} or {@code nsfw}</td><td>{@link Fault#MODERATION}</td></tr>
 * </table>
 */
public final class ImageEmulator {

    private final Settings settings;

    private ImageEmulator(Settings settings) {
        this.settings = settings;
    }

    /**
     * An emulator on any free port of the loopback interface, which takes any number of requests, draws as fast as it
     * can, and shows one preview per streamed image.
     *
     * @return an emulator, not started
     */
    public static ImageEmulator create() {
        return new ImageEmulator(new Settings());
    }

    /**
     * The port to listen on.
     *
     * @param port 0 (the default) for any free one, up to 65535
     * @return a copy
     */
    public ImageEmulator port(int port) {
        require(port >= 0 && port <= 65535, "port must be 0 to 65535");
        return with(s -> s.port = port);
    }

    /**
     * The port to listen on for TLS, once {@link RunningEmulator#tlsBaseUrl(String)} is asked for.
     *
     * @param port 0 (the default) for any free one, up to 65535
     * @return a copy
     */
    public ImageEmulator tlsPort(int port) {
        require(port >= 0 && port <= 65535, "tlsPort must be 0 to 65535");
        return with(s -> s.tlsPort = port);
    }

    /**
     * The address to listen on. The emulator checks nobody: open it to others only where you know them.
     *
     * @param host an address of this machine, {@code 127.0.0.1} by default
     * @return a copy
     */
    public ImageEmulator host(String host) {
        return with(s -> s.host = host);
    }

    /**
     * The largest request body it takes; larger ones meet a 413.
     *
     * @param bytes 1 or more, 50 MiB by default
     * @return a copy
     */
    public ImageEmulator maxBody(long bytes) {
        require(bytes >= 1, "maxBody must be 1 or more");
        return with(s -> s.maxBody = bytes);
    }

    /**
     * How many image requests each key may make; one too many meets a 429. As {@link #quota(int, Duration, int)} with
     * all permits at once after a rest.
     *
     * @param permits how many per period, 1 or more
     * @param period the period, positive
     * @return a copy
     */
    public ImageEmulator quota(int permits, Duration period) {
        return quota(permits, period, permits);
    }

    /**
     * How many image requests each key may make; one too many meets a 429. No limit by default.
     *
     * <p>APIs which count images instead (OpenAI with its references, myrouter and Ark) count them here, too; each API
     * keeps its own account of a key. A request for more than the burst passes on a full account. Permits come back one by one, evenly over the period, up to the burst. Only requests which are valid and
     * admitted use one up; rejected requests cost nothing.
     *
     * @param permits how many per period, 1 or more
     * @param period the period, positive
     * @param burst how many at once after a rest, 1 or more
     * @return a copy
     */
    public ImageEmulator quota(int permits, Duration period, int burst) {
        return with(s -> s.quota = new Quota(permits, period, burst));
    }

    /**
     * What the reply to a spent quota looks like.
     *
     * @param shape one of the faults whose name starts with {@code RATE_LIMIT}, or
     *     {@link Fault#IN_FLIGHT_BUDGET}; {@link Fault#RATE_LIMIT} by default
     * @return a copy
     */
    public ImageEmulator refuseQuotaWith(Fault shape) {
        boolean fits = shape.kind() == Fault.Kind.REFUSAL
                && (shape == Fault.IN_FLIGHT_BUDGET || shape.name().startsWith("RATE_LIMIT"));
        require(fits, shape + " does not say that a quota is spent");
        return with(s -> s.quotaFault = shape);
    }

    /**
     * How long an image takes. A stream spreads it evenly over its previews and the final image; n images take n times
     * as long.
     *
     * @param latency zero (the default) for as fast as it can be drawn
     * @return a copy
     */
    public ImageEmulator latency(Duration latency) {
        require(!latency.isNegative(), "latency must not be negative");
        return with(s -> s.latency = latency);
    }

    /**
     * How many previews a streamed image has at OpenRouter, where no request can ask for a number. At OpenAI the request
     * says it; the others have no previews.
     *
     * @param partials 0 to 20, 1 by default as recorded
     * @return a copy
     */
    public ImageEmulator partials(int partials) {
        require(partials >= 0 && partials <= 20, "partials must be 0 to 20");
        return with(s -> s.partials = partials);
    }

    /**
     * How long OpenRouter answers a question for a generation with a 404, from its end on: there it is known only after a
     * while.
     *
     * @param delay zero (the default) for not at all; a generation under way is never known yet
     * @return a copy
     */
    public ImageEmulator generationLookupDelay(Duration delay) {
        require(!delay.isNegative(), "generationLookupDelay must not be negative");
        return with(s -> s.lookupDelay = delay);
    }

    /**
     * How often a stream says that it is alive while nothing else happens, where the API does so at all: OpenRouter and
     * MiniMax.
     *
     * @param period positive; by default 500 ms at OpenRouter, about as recorded, and 15 s at MiniMax, as documented
     * @return a copy
     */
    public ImageEmulator keepAlive(Duration period) {
        require(!period.isZero() && !period.isNegative(), "keepAlive must be positive");
        return with(s -> s.keepAlive = period);
    }

    /**
     * How long the URL of an image lives. {@link RunningEmulator#expireImageUrls()} ends it at once.
     *
     * @param lifetime positive; by default as the API says: 1 h at token360, 24 h elsewhere
     * @return a copy
     */
    public ImageEmulator imageUrlLifetime(Duration lifetime) {
        require(!lifetime.isZero() && !lifetime.isNegative(), "imageUrlLifetime must be positive");
        return with(s -> s.imageUrlLifetime = lifetime);
    }

    /**
     * Draws smaller pictures than asked for, so that tests of APIs which know only large ones are fast. All rules, prices
     * and sizes on the wire stay those of the size asked for.
     *
     * @param divisor by how much each side is shorter, 1 (the default) to 256; no side gets shorter than 16 pixels
     * @return a copy
     */
    public ImageEmulator shrink(int divisor) {
        require(divisor >= 1 && divisor <= 256, "shrink must be 1 to 256");
        return with(s -> s.shrink = divisor);
    }

    /**
     * The seed of generation ids, and of pictures whose request names none.
     *
     * @param seed any number, 0 by default; equal seeds give equal ids in equal order, on an equal clock
     * @return a copy
     */
    public ImageEmulator seed(long seed) {
        return with(s -> s.seed = seed);
    }

    /**
     * The clock of quotas, latencies, keep-alives, silences and timestamps. A
     * {@code reactor.test.scheduler.VirtualTimeScheduler} lets a test own the time.
     *
     * @param clock {@code Schedulers.parallel()} by default; not disposed of by the emulator
     * @return a copy
     */
    public ImageEmulator time(Scheduler clock) {
        return with(s -> s.time = clock);
    }

    /**
     * Starts it. Blocks until it listens, 30 s at most.
     *
     * @return the running emulator, for the caller to close
     * @throws RuntimeException if the port is taken
     */
    public RunningEmulator start() {
        return new RunningEmulator(settings);
    }

    @Override
    public String toString() {
        return "ImageEmulator[" + settings + "]";
    }

    private ImageEmulator with(Consumer<Settings> change) {
        var copy = settings.copy();
        change.accept(copy);
        return new ImageEmulator(copy);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
