package dev.darkroom.internal.gate;

import java.util.List;

/** What happened in a simulation: attempts and pictures by the half second, and how its end compares to the ideal. */
final class Log {

    private static final int PARTS = 2;

    private int[] sent = new int[64];
    private int[] done = new int[64];
    private double makespan;
    private double fairness;
    private int worst;

    void sent(double now) {
        sent = counted(sent, now);
    }

    void done(double now) {
        done = counted(done, now);
    }

    private static int[] counted(int[] counts, double now) {
        var part = (int) (now * PARTS);
        var grown = part < counts.length ? counts : java.util.Arrays.copyOf(counts, 2 * part);
        grown[part]++;
        return grown;
    }

    void finished(List<Simulation.Job> jobs, int clients, double ideal) {
        var ends = new double[clients];
        var finished = new int[clients];
        for (var job : jobs) {
            if (job.end < 0) {
                throw new IllegalStateException("somebody waits for ever");
            }
            ends[job.id % clients] = Math.max(ends[job.id % clients], job.end);
            finished[job.id % clients]++;
            worst = Math.max(worst, job.refusals);
        }
        double end = 0;
        double sum = 0;
        double squares = 0;
        for (var i = 0; i < clients; i++) {
            var throughput = finished[i] / ends[i];
            end = Math.max(end, ends[i]);
            sum += throughput;
            squares += throughput * throughput;
        }
        makespan = end / ideal;
        fairness = sum * sum / (clients * squares);
    }

    private static double sum(int[] counts, double from, double to) {
        double sum = 0;
        for (var i = (int) (from * PARTS); i < Math.min(counts.length, (int) (to * PARTS)); i++) {
            sum += counts[i];
        }
        return sum;
    }

    double pictures(double from, double to) {
        return sum(done, from, to);
    }

    /** Attempts per success. */
    double attempts(double from, double to) {
        return sum(sent, from, to) / Math.max(1, sum(done, from, to));
    }

    double attempts() {
        return attempts(0, 1e8);
    }

    /** Over that of somebody who knows the quota. */
    double makespan() {
        return makespan;
    }

    /** Jain's index over the clients' throughputs. */
    double fairness() {
        return fairness;
    }

    /** The most refusals of one job. */
    int worst() {
        return worst;
    }
}
