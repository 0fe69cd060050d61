package dev.darkroom.redis;

import dev.darkroom.internal.gate.InMemoryGate;
import java.util.Locale;
import java.util.Random;

/**
 * Prints what a fleet at a quota of twenty a second costs by its size, with gates of their own and with one that is shared: four
 * pictures of two seconds for each instance, but 400 at least, all wanted at once. Virtual time, the gate and the script as they are.
 */
final class FleetTable {

    private FleetTable() {}

    /** The sizes, 10 to 10,000 unless given. */
    public static void main(String[] args) {
        var sizes = args.length > 0 ? args : new String[] {"10", "32", "100", "316", "1000", "3162", "10000"};
        System.out.println(
                "| instances | jobs | own: attempts / makespan / Jain | shared: attempts / makespan / Jain | commands a job, a second |");
        System.out.println("|---|---|---|---|---|");
        for (var size : sizes) {
            row(Integer.parseInt(size));
        }
    }

    private static void row(int instances) {
        var jobs = Math.max(400, 4 * instances);
        var own = fleet().each(instances, 4, time -> {
                    var luck = new Random(instances);
                    return new InMemoryGate(() -> time, luck::nextDouble);
                })
                .run(jobs, 4000);
        var shared = fleet().shared(instances, 4).run(jobs, 4000);
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %s | %s | %.2f, %.0f |%n",
                instances,
                jobs,
                text(own),
                text(shared),
                shared.commandsPerJob(),
                shared.commands() / shared.makespan());
    }

    private static FleetSimulation fleet() {
        return new FleetSimulation(20, 20, 7);
    }

    private static String text(FleetSimulation.Result result) {
        return String.format(
                Locale.ROOT,
                "%.2f / %.2f / %.3f%s",
                result.perSuccess(),
                result.overIdeal(),
                result.jain(),
                result.done() < result.jobs() ? " (" + result.done() + " of " + result.jobs() + " in 4000 s)" : "");
    }
}
