package dev.darkroom.internal.gate;

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
        /** Exactly; 0.2 s by those who refuse at random. */
        SHORT,
        /** Exactly, and at least a second. */
        SECOND,
        /** Rounded up; one to three by those who refuse at random. */
        WHOLE_SECONDS,
        NONE;

        double seconds(double wait, Random dice) {
            var random = wait == Double.POSITIVE_INFINITY;
            return switch (this) {
                case SHORT -> random ? 0.2 : wait;
                case SECOND -> random ? 1 : Math.max(1, wait);
                case WHOLE_SECONDS -> random ? 1 + dice.nextInt(3) : Math.max(1, Math.ceil(wait - 1e-9));
                case NONE -> Admission.NO_HINT;
            };
        }

        /** Of those who refuse at random; a second where nothing is said. */
        double mean() {
            return this == SHORT ? 0.2 : this == WHOLE_SECONDS ? 2 : 1;
        }
    }

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
    private final Log log = new Log();
    private final Random dice;
    private final Random luck;
    private double now;
    private long order;

    private Simulation(Scenario scenario, boolean early, Hint hint, long seed) {
        this.scenario = scenario;
        this.early = early;
        this.hint = hint;
        this.random = new Random(seed * 7919 + 13);
        this.server = scenario.server().apply(phase(seed));
        this.dice = new Random(seed * 104_729 + 1);
        this.luck = new Random(seed * 6151 + 3);
    }

    /**
     * One run.
     *
     * @param clients which know nothing of each other
     * @param early whether an acceptance is heard at once, or only with the answer
     */
    static Log run(Scenario scenario, int clients, boolean early, Hint hint, long seed) {
        return new Simulation(scenario, early, hint, seed).run(clients, seed);
    }

    private Log run(int count, long seed) {
        var clients = new ArrayList<Client>();
        for (var i = 0; i < count; i++) {
            clients.add(new Client(new Random(seed * 1000 + i)));
        }
        var lasts = scenario.seconds() > 0;
        var all = lasts ? count * scenario.concurrency() : scenario.jobs();
        for (var i = 0; i < all; i++) {
            clients.get(i % count)
                    .add(newJob(), lasts ? scenario.concurrency() : Math.max(1, scenario.concurrency() / count));
        }
        clients.forEach(client -> at(0, client::poll));
        var end = lasts ? scenario.seconds() : LONGEST;
        while (!events.isEmpty()) {
            var event = events.remove();
            now = event.at();
            if (now > end) {
                break;
            }
            event.action().run();
        }
        if (!lasts) {
            log.finished(jobs, count, ideal(seed));
        }
        return log;
    }

    private Job newJob() {
        var job = new Job(
                jobs.size(),
                1 + dice.nextInt(scenario.images()),
                between(dice, scenario.shortest(), scenario.longest()));
        jobs.add(job);
        return job;
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

    /** What is wanted, once and at last. */
    static final class Job {
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
            log.sent(now);
            var call = law.send(now, job.cost);
            var trip = between(random, scenario.roundTrip() / 3, scenario.roundTrip());
            at(now + trip / 2, () -> arrived(job, call, trip / 2));
        }

        private void arrived(Job job, SentCall call, double back) {
            var unlucky = luck.nextDouble() < scenario.noise().applyAsDouble(now);
            var wait = unlucky ? Double.POSITIVE_INFINITY : server.pass(now, job.cost);
            if (wait > 0) {
                var seconds = hint.seconds(wait, luck);
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

        private void refused(Job job, SentCall call, double seconds) {
            job.refusals++;
            var alone = law.refused(now, call, seconds);
            if (alone > 0) {
                at(now + alone + 1e-9, () -> again(job));
            } else {
                line.add(job);
            }
            poll();
        }

        private void again(Job job) {
            line.add(job);
            poll();
        }

        private void ended(Job job, SentCall call) {
            job.end = now;
            log.done(now);
            law.accepted(now, call);
            law.ended(call);
            if (scenario.seconds() > 0) {
                line.add(newJob());
            } else if (!later.isEmpty()) {
                line.add(later.remove());
            }
            poll();
        }
    }
}
