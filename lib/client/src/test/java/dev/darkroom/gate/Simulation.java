package dev.darkroom.gate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/** Runs the admission law against a simulated server: discrete events, no threads, the production law. */
final class Simulation {

    /** What servers say of when to come back. */
    enum Hint {
        WHOLE_SECONDS,
        NONE
    }

    /**
     * How it went.
     *
     * @param attempts per success
     * @param makespan over that of somebody who knows the quota
     * @param fairness Jain's index over the clients' throughputs
     * @param worst refusals of one job
     */
    record Result(double attempts, double makespan, double fairness, int worst) {}

    private record Event(double at, long order, Runnable action) {}

    private static final double LONGEST = 20_000;

    private final Scenario scenario;
    private final boolean early;
    private final Hint hint;
    private final Random random;
    private final SimulatedServer server;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::order));
    private final List<Job> jobs = new ArrayList<>();
    private double now;
    private long order;
    private int attempts;

    private Simulation(Scenario scenario, boolean early, Hint hint, long seed) {
        this.scenario = scenario;
        this.early = early;
        this.hint = hint;
        this.random = new Random(seed * 7919 + 13);
        this.server = scenario.server().apply(phase(seed));
    }

    /**
     * One run.
     *
     * @param clients which know nothing of each other
     * @param early whether an acceptance is heard at once, or only with the answer
     */
    static Result run(Scenario scenario, int clients, boolean early, Hint hint, long seed) {
        return new Simulation(scenario, early, hint, seed).run(clients, seed);
    }

    private Result run(int count, long seed) {
        var clients = new ArrayList<Client>();
        for (var i = 0; i < count; i++) {
            clients.add(new Client(new Random(seed * 1000 + i)));
        }
        var dice = new Random(seed * 104_729 + 1);
        for (var i = 0; i < scenario.jobs(); i++) {
            var job = new Job(
                    i, 1 + dice.nextInt(scenario.images()), between(dice, scenario.shortest(), scenario.longest()));
            jobs.add(job);
            clients.get(i % count).add(job, Math.max(1, scenario.concurrency() / count));
        }
        clients.forEach(client -> at(0, client::poll));
        while (!events.isEmpty()) {
            var event = events.remove();
            now = event.at();
            if (now > LONGEST) {
                throw new IllegalStateException("somebody waits for ever: " + scenario);
            }
            event.action().run();
        }
        return result(count, seed);
    }

    private Result result(int clients, long seed) {
        var ends = new double[clients];
        var done = new int[clients];
        var worst = 0;
        for (var job : jobs) {
            if (job.end < 0) {
                throw new IllegalStateException("a job was left over: " + scenario);
            }
            ends[job.id % clients] = Math.max(ends[job.id % clients], job.end);
            done[job.id % clients]++;
            worst = Math.max(worst, job.refusals);
        }
        double end = 0;
        double sum = 0;
        double squares = 0;
        for (var i = 0; i < clients; i++) {
            var throughput = done[i] / ends[i];
            end = Math.max(end, ends[i]);
            sum += throughput;
            squares += throughput * throughput;
        }
        return new Result(attempts / (double) jobs.size(), end / ideal(seed), sum * sum / (clients * squares), worst);
    }

    /** When somebody who knows the quota and stands beside the server would be ready. */
    private double ideal(long seed) {
        record Running(double end, int cost) {}
        var fresh = scenario.server().apply(phase(seed));
        var running = new PriorityQueue<>(Comparator.comparingDouble(Running::end));
        double time = 0;
        double end = 0;
        for (var job : jobs) {
            while (true) {
                while (!running.isEmpty() && running.element().end() <= time) {
                    fresh.ended(running.remove().cost());
                }
                var full = running.size() >= scenario.concurrency();
                var wait = full ? 1 : fresh.pass(time, job.cost);
                if (wait <= 0) {
                    break;
                }
                var nextEnd =
                        running.isEmpty() ? Double.MAX_VALUE : running.element().end();
                time = full ? nextEnd : Math.min(nextEnd, time + wait + 1e-9);
            }
            running.add(new Running(time + job.service, job.cost));
            end = Math.max(end, time + job.service);
        }
        var waves = Math.ceil(jobs.size() / (double) scenario.concurrency());
        return end + waves * scenario.roundTrip() * 2 / 3; // which the same client without a gate pays, too
    }

    private void at(double time, Runnable action) {
        events.add(new Event(time, order++, action));
    }

    private static double phase(long seed) {
        return new Random(seed * 31 + 7).nextDouble();
    }

    private static double between(Random random, double from, double to) {
        return from + random.nextDouble() * (to - from);
    }

    private static final class Job {
        final int id;
        final int cost;
        final double service;
        double end = -1;
        int refusals;

        Job(int id, int cost, double service) {
            this.id = id;
            this.cost = cost;
            this.service = service;
        }
    }

    private final class Client {
        private final Admission law;
        private final PriorityQueue<Job> line = new PriorityQueue<>(Comparator.comparingInt(job -> job.id));
        private final Queue<Job> later = new ArrayDeque<>();
        private double wake = Double.MAX_VALUE;

        Client(Random random) {
            this.law = new Admission(random::nextDouble);
        }

        void add(Job job, int concurrency) {
            (line.size() < concurrency ? line : later).add(job);
        }

        void poll() {
            while (!line.isEmpty()) {
                var wait = law.wait(now, line.element().cost);
                if (wait > 0) {
                    wakeIn(wait);
                    return;
                }
                send(line.remove());
            }
        }

        private void wakeIn(double wait) {
            var time = now + wait + 1e-9;
            if (time < Double.POSITIVE_INFINITY && (time < wake || wake <= now)) {
                wake = time;
                at(time, this::poll);
            }
        }

        private void send(Job job) {
            attempts++;
            var call = law.send(now, job.cost);
            var trip = between(random, scenario.roundTrip() / 3, scenario.roundTrip());
            at(now + trip / 2, () -> arrived(job, call, trip / 2));
        }

        private void arrived(Job job, Sending call, double back) {
            var wait = server.pass(now, job.cost);
            if (wait > 0) {
                var seconds = hint == Hint.NONE ? Admission.NO_HINT : Math.max(1, Math.ceil(wait - 1e-9));
                at(
                        now + back + (scenario.slowRefusals() ? between(random, 1, 3) : 0),
                        () -> refused(job, call, seconds));
                return;
            }
            if (early) {
                at(now + back, () -> {
                    law.accepted(now, call);
                    poll();
                });
            }
            at(now + job.service, () -> server.ended(job.cost));
            at(now + back + job.service, () -> ended(job, call));
        }

        private void refused(Job job, Sending call, double seconds) {
            job.refusals++;
            law.refused(now, call, seconds);
            line.add(job);
            poll();
        }

        private void ended(Job job, Sending call) {
            job.end = now;
            law.accepted(now, call);
            law.ended(call);
            if (!later.isEmpty()) {
                line.add(later.remove());
            }
            poll();
        }
    }
}
