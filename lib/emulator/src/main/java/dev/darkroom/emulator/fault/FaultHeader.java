package dev.darkroom.emulator.fault;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads an order for a fault: the header by which a request asks for its own, and what a command line or a script names.
 *
 * <pre>{@code
 * X-Emulator-Fault: rate-limit
 * X-Emulator-Fault: rate-limit; retry-after=2; times=3
 * X-Emulator-Fault: cut; after=0
 * X-Emulator-Fault: reset; bytes=1200
 * X-Emulator-Fault: slicer; size=1; delay=10ms
 * X-Emulator-Fault: stall; lasting=0.5
 * }</pre>
 *
 * <p>Words are those of {@link Fault#word()}, or names from toxiproxy and badssl.com, with dashes or underscores; parameters those of
 * {@link Fault#parameters()}. Durations are seconds, or carry a unit. {@code times=k} lets the first k requests of the same body
 * fail, and the next one succeed.
 */
public final class FaultHeader {

    /** The header's name. */
    public static final String NAME = "X-Emulator-Fault";

    private FaultHeader() {}

    /**
     * Reads an order.
     *
     * @param order a fault, and what is said about it
     * @return the plan it asks for
     * @throws IllegalArgumentException if it cannot be read; the message says what would be right
     */
    public static Fault.Plan parse(String order) {
        var parts = order.split(";");
        var plan = fault(word(parts[0]));
        for (var part : List.of(parts).subList(1, parts.length)) {
            if (!part.isBlank()) {
                plan = with(plan, part.strip());
            }
        }
        return plan;
    }

    private static Fault.Plan with(Fault.Plan plan, String part) {
        var pair = part.split("=", 2);
        var parameter = plan.fault().parameters().stream()
                .filter(known -> known.word().equals(word(pair[0])))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("the fault " + plan.fault().word() + " takes no \""
                                + pair[0].strip() + "\"; it takes " + taken(plan.fault())));
        if (pair.length == 1) {
            throw new IllegalArgumentException(parameter.word() + " has no value: " + parameter.help());
        }
        return plan.with(plan.options().with(parameter, parameter.parse(pair[1].strip())));
    }

    private static String taken(Fault fault) {
        return fault.parameters().stream().map(FaultParameter::help).collect(Collectors.joining("; "));
    }

    private static String word(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }

    private static Fault.Plan fault(String word) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.word().equals(word))
                .findFirst()
                .map(Fault::once)
                .or(() -> FaultAlias.of(word))
                .orElseThrow(() -> new IllegalArgumentException("unknown fault \"" + word + "\"; did you mean "
                        + nearest(word) + "? Known: " + words().collect(Collectors.joining(", "))));
    }

    private static Stream<String> words() {
        return Stream.concat(
                Arrays.stream(Fault.values()).map(Fault::word),
                Arrays.stream(FaultAlias.values()).map(FaultAlias::word));
    }

    private static String nearest(String word) {
        return words().min(Comparator.comparingInt(known -> distance(known, word)))
                .orElseThrow();
    }

    /** How many letters have to be changed, added or taken away. */
    private static int distance(String known, String typed) {
        var row = new int[typed.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= known.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= typed.length(); j++) {
                int changed = diagonal + (known.charAt(i - 1) == typed.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[typed.length()];
    }
}
