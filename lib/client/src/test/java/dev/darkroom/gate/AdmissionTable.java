package dev.darkroom.gate;

import java.util.Locale;

/**
 * Prints the whole table of the decision record: {@code java -cp lib/client/target/test-classes:lib/client/target/classes
 * dev.darkroom.gate.AdmissionTable 20}, where 20 is how many seeds.
 */
final class AdmissionTable {

    private AdmissionTable() {}

    public static void main(String[] arguments) {
        var seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        for (var hint : Simulation.Hint.values()) {
            System.out.printf("%n%s, %d seeds: attempts per success / makespan over ideal%n%n", hint, seeds);
            System.out.println("| quota | 1 early | 1 late | 4 early | 4 late | 100 early | 100 late |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (var scenario : Scenario.ALL) {
                System.out.println(row(scenario, hint, seeds));
            }
        }
    }

    private static String row(Scenario scenario, Simulation.Hint hint, int seeds) {
        var row = new StringBuilder("| ").append(scenario);
        for (var clients : new int[] {1, 4, 100}) {
            for (var early : new boolean[] {true, false}) {
                var mean = mean(scenario, clients, early, hint, seeds);
                row.append(String.format(Locale.ROOT, " | %.2f/%.2f", mean.attempts(), mean.makespan()));
            }
        }
        return row.append(" |").toString();
    }

    /** The mean of so many runs; the worst number of refusals of one job. */
    static Simulation.Result mean(Scenario scenario, int clients, boolean early, Simulation.Hint hint, int seeds) {
        double attempts = 0;
        double makespan = 0;
        double fairness = 0;
        var worst = 0;
        for (var seed = 0; seed < seeds; seed++) {
            var result = Simulation.run(scenario, clients, early, hint, seed);
            attempts += result.attempts() / seeds;
            makespan += result.makespan() / seeds;
            fairness += result.fairness() / seeds;
            worst = Math.max(worst, result.worst());
        }
        return new Simulation.Result(attempts, makespan, fairness, worst);
    }
}
