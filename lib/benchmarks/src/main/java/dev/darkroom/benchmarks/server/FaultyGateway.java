package dev.darkroom.benchmarks.server;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * An emulator of which every sixth answer goes wrong, in every way that a network, a proxy or a gateway has: cut, reset, late, silent,
 * dripped, spoiled, refused, failed. Ends when whoever started it closes its input.
 */
public final class FaultyGateway {

    private static final Duration PICTURE = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(4);
    private static final int AHEAD = 2_000;
    private static final double FAULTY = 1.0 / 6;
    private static final double REFUSED = 0.002;

    private static final List<Fault.Plan> FAULTS = Stream.concat(
                    Stream.of(
                                    Fault.CUT,
                                    Fault.RESET,
                                    Fault.TRUNCATED,
                                    Fault.EMPTY_REPLY,
                                    Fault.DRIP,
                                    Fault.GZIP,
                                    Fault.CR,
                                    Fault.NO_TERMINAL,
                                    Fault.MALFORMED_JSON,
                                    Fault.ERROR_EVENT,
                                    Fault.IMAGE_FAILED,
                                    Fault.NO_IMAGES,
                                    Fault.JSON_FOR_STREAM,
                                    Fault.LATE_PARTIAL,
                                    Fault.SERVER_ERROR,
                                    Fault.PROVIDER_ERROR,
                                    Fault.PROXY_UNAVAILABLE,
                                    Fault.HTML_BAD_GATEWAY,
                                    Fault.EDGE_TIMEOUT,
                                    Fault.MODERATION)
                            .map(Fault::once),
                    Stream.of(Fault.STALL, Fault.STALLED_HEADERS, Fault.LATE_HEADERS)
                            .map(fault -> fault.lasting(SILENCE)))
            .toList();

    private FaultyGateway() {}

    /** Prints where it is, and takes no arguments but the seed of what goes wrong. */
    public static void main(String[] arguments) throws Exception {
        var dice = new Random(Long.parseLong(arguments[0]));
        try (var emulator =
                ImageEmulator.create().latency(PICTURE).partials(3).shrink(8).start()) {
            refill(emulator, dice);
            System.out.println(emulator.baseUrl("openrouter"));
            while (System.in.available() == 0) {
                refill(emulator, dice);
                Thread.sleep(200);
            }
        }
    }

    private static void refill(RunningEmulator emulator, Random dice) {
        while (emulator.remainingFaults() < AHEAD) {
            emulator.enqueue(next(dice));
        }
    }

    private static Fault.Plan next(Random dice) {
        if (dice.nextDouble() < REFUSED) {
            return Fault.RATE_LIMIT.retryAfter(Duration.ofMillis(200));
        }
        return dice.nextDouble() < FAULTY ? FAULTS.get(dice.nextInt(FAULTS.size())) : Fault.NONE.once();
    }
}
