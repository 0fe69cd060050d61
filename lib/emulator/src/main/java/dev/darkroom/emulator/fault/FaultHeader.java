package dev.darkroom.emulator.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads the header by which a request asks for its own fault.
 *
 * <pre>{@code
 * X-Emulator-Fault: rate-limit
 * X-Emulator-Fault: rate-limit; retry-after=2; times=3
 * X-Emulator-Fault: cut; after=0
 * X-Emulator-Fault: stall; lasting=0.5
 * }</pre>
 *
 * <p>Words are those of {@link Fault#word()}. {@code retry-after} and {@code lasting} are seconds, with decimals if
 * need be; {@code times=k} lets the first k requests of the same body fail, and the next one succeed.
 */
public final class FaultHeader {

    /** The header's name. */
    public static final String NAME = "X-Emulator-Fault";

    private FaultHeader() {}

    /**
     * Reads the header's value.
     *
     * @param value what stood behind the colon
     * @return the plan it asks for
     * @throws IllegalArgumentException if a word is not known; the message lists those which are
     */
    public static Fault.Plan parse(String value) {
        var parts = value.split(";");
        var plan = Fault.Plan.of(fault(parts[0].strip()));
        for (int i = 1; i < parts.length; i++) {
            var pair = parts[i].strip().split("=", 2);
            plan = with(plan, pair[0].strip().toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1].strip() : "");
        }
        return plan;
    }

    private static Fault.Plan with(Fault.Plan plan, String name, String value) {
        return switch (name) {
            case "times" -> plan.times(Integer.parseInt(value));
            case "after" -> plan.after(Integer.parseInt(value));
            case "retry-after" -> plan.retryAfter(seconds(value));
            case "lasting" -> plan.lasting(seconds(value));
            default ->
                throw new IllegalArgumentException(
                        "unknown option \"" + name + "\" in " + NAME + "; known: times, after, retry-after, lasting");
        };
    }

    private static Duration seconds(String value) {
        return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
    }

    private static Fault fault(String word) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown fault \"" + word + "\" in " + NAME
                        + "; known: "
                        + Arrays.stream(Fault.values()).map(Fault::word).collect(Collectors.joining(", "))));
    }
}
