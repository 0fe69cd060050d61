package dev.darkroom.internal.gate;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints everything the law is judged by, beside what the law before it did (the resource {@code admission-before.csv}, 20
 * seeds): {@code java -cp lib/client/target/test-classes:lib/client/target/classes dev.darkroom.internal.gate.AdmissionTable 20}, where 20
 * is how many seeds. A file named behind it is read instead of the resource, or written if there is none: so a change of the
 * law is seen side by side with what was before.
 */
final class AdmissionTable {

    /** A row and column of a table. */
    record Cell(Scenario scenario, int clients, boolean early, Simulation.Hint hint) {
        String column() {
            return clients + (early ? " early" : " late");
        }

        String key() {
            return scenario + ";" + hint + ";" + column();
        }
    }

    private static final double LONGEST_RECOVERY = 20;
    private static final double FULL = 0.9;
    private static final double FIRST_MINUTES = 180;

    private AdmissionTable() {}

    public static void main(String[] arguments) throws IOException {
        var seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        var file = arguments.length > 1 ? Path.of(arguments[1]) : null;
        var fresh = file != null && !Files.exists(file);
        var before = fresh ? Map.<String, String>of() : before(file);
        var now = new ArrayList<String>();
        for (var hint : List.of(Simulation.Hint.WHOLE_SECONDS, Simulation.Hint.NONE)) {
            print(
                    "attempts per success / makespan over ideal",
                    Scenario.QUOTAS,
                    hint,
                    new int[] {1, 4, 100},
                    seeds,
                    before,
                    now);
            print("attempts / makespan", Scenario.ALL_STORMS, hint, new int[] {1, 4}, seeds, before, now);
        }
        for (var hint : Simulation.Hint.values()) {
            print("attempts / makespan", List.of(Scenario.NOISY_BUCKET), hint, new int[] {1, 4}, seeds, before, now);
            print(
                    "attempts / pictures of the ideal / last five minutes of the first / first three minutes of the ideal",
                    Scenario.NOISES,
                    hint,
                    new int[] {1, 4},
                    seeds,
                    before,
                    now);
            print(
                    "attempts / pictures of the ideal",
                    List.of(Scenario.NOISE_FOR_MANY),
                    hint,
                    new int[] {1},
                    seeds,
                    before,
                    now);
            print(
                    "attempts / pictures, of each phase but its first minute",
                    Scenario.ALL_TURNS,
                    hint,
                    new int[] {1, 4},
                    seeds,
                    before,
                    now);
            print("seconds until full speed", Scenario.STRAYS, hint, new int[] {1}, seeds, before, now);
        }
        if (fresh) {
            Files.write(file, now);
        }
    }

    private static void print(
            String what,
            List<Scenario> rows,
            Simulation.Hint hint,
            int[] clients,
            int seeds,
            Map<String, String> before,
            List<String> now) {
        var columns = Arrays.stream(clients)
                .mapToObj(count -> " " + count + " early | " + count + " late |")
                .collect(Collectors.joining());
        System.out.printf(
                "%n%s, %d seeds: %s%n%n| |%s%n|---|%s%n",
                hint, seeds, what, columns, "---|".repeat(2 * clients.length));
        for (var scenario : rows) {
            var row = new StringBuilder("| ").append(scenario).append(" |");
            for (var count : clients) {
                for (var early : new boolean[] {true, false}) {
                    var cell = new Cell(scenario, count, early, hint);
                    var value = text(mean(cell, seeds));
                    var old = before.get(cell.key());
                    row.append(' ')
                            .append(old == null ? "" : old + " → ")
                            .append(value)
                            .append(" |");
                    now.add(cell.key() + ";" + value);
                }
            }
            System.out.println(row);
        }
    }

    /** What was measured before, by {@link Cell#key}. */
    static Map<String, String> before(@Nullable Path file) throws IOException {
        try (var resource = file == null
                        ? requireNonNull(AdmissionTable.class.getResourceAsStream("admission-before.csv"))
                        : Files.newInputStream(file);
                var reader = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.lastIndexOf(';')),
                            line -> line.substring(line.lastIndexOf(';') + 1)));
        }
    }

    private static String text(double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%.2f", value))
                .collect(Collectors.joining("/"));
    }

    /** The mean of so many runs. */
    static double[] mean(Cell cell, int seeds) {
        double[] sum = {};
        for (var seed = 0; seed < seeds; seed++) {
            var log = Simulation.run(cell.scenario(), cell.clients(), cell.early(), cell.hint(), seed);
            var values = values(cell, log);
            sum = sum.length == 0 ? new double[values.length] : sum;
            for (var i = 0; i < values.length; i++) {
                sum[i] += values[i] / seeds;
            }
        }
        return sum;
    }

    private static double[] values(Cell cell, Log log) {
        var scenario = cell.scenario();
        var lasts = scenario.seconds();
        if (lasts == 0) {
            return new double[] {log.attempts(), log.makespan()};
        } else if (Scenario.STRAYS.contains(scenario)) {
            return new double[] {fullSpeed(cell, log)};
        } else if (Scenario.ALL_TURNS.contains(scenario)) {
            return new double[] {
                log.attempts(60, 600),
                log.attempts(660, 1200),
                log.attempts(1260, 1800),
                share(cell, log, 60, 600),
                share(cell, log, 660, 1200),
                share(cell, log, 1260, 1800)
            };
        }
        return new double[] {
            log.attempts(0, lasts),
            share(cell, log, 0, lasts),
            log.pictures(lasts - 300, lasts) / Math.max(1, log.pictures(0, 300)),
            share(cell, log, 0, FIRST_MINUTES)
        };
    }

    /** Pictures of the ideal. */
    private static double share(Cell cell, Log log, double from, double to) {
        return log.pictures(from, to) / ideal(cell, from, to);
    }

    private static double ideal(Cell cell, double from, double to) {
        return cell.scenario().ideal(from, to, cell.hint().mean(), cell.clients());
    }

    /** From when the server said, or a second after the refusal, until nearly all is done that can be, and stays so. */
    private static double fullSpeed(Cell cell, Log log) {
        var refused = cell.scenario().equals(Scenario.STRAY_FIRST) ? 0 : 10;
        var instant = refused + (cell.hint() == Simulation.Hint.NONE ? 1 : 5);
        var late = LONGEST_RECOVERY;
        while (late > 0 && share(cell, log, instant + late - 0.5, instant + late + 0.5) > FULL) {
            late -= 0.5;
        }
        return late;
    }
}
