package dev.darkroom.redis;

import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A fleet at one quota in virtual time: the gate and the script as they are, over a simulated way, against a simulated gateway, a
 * bucket that names whole seconds. Jobs lie in one heap, from which each instance takes as many as it does at once.
 */
final class FleetSimulation {

    static final Quota QUOTA = Quota.of("api.example", "key", "model");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LuaRedis redis = new LuaRedis(() -> time.now(TimeUnit.MICROSECONDS));
    private final List<Instance> instances = new ArrayList<>();
    private final Random dice;
    private final double rate;
    private final double burst;
    private double tokens;
    private double filled;
    private double answersAfter = 2;
    private double noise;
    private double stormEvery = Double.POSITIVE_INFINITY;
    private double stormLasts;
    private double longestHint = Double.POSITIVE_INFINITY;
    private int left;
    private int done;
    private int attempts;
    private double end;

    FleetSimulation(double rate, double burst, long seed) {
        this.rate = rate;
        this.burst = burst;
        this.tokens = burst;
        this.dice = new Random(seed);
    }

    /** Instances that share the gate through the simulated Redis. */
    FleetSimulation shared(int count, int concurrency) {
        for (var i = 0; i < count; i++) {
            shared(concurrency, Duration.ZERO);
        }
        return this;
    }

    /** One more, whose clock is wrong. */
    FleetSimulation shared(int concurrency, Duration ahead) {
        var link = new SimulatedLink(redis, time, 1000);
        var luck = new Random(dice.nextLong());
        var clock = new WrongClock(time, ahead);
        var gate =
                new RedisRateGate(link, "simulation", () -> clock, luck::nextDouble, "i" + instances.size(), () -> {});
        instances.add(new Instance(link, gate, clock, concurrency));
        return this;
    }

    /** Instances with a gate of their own each. */
    FleetSimulation each(int count, int concurrency, Function<VirtualTimeScheduler, RateGate> gates) {
        for (var i = 0; i < count; i++) {
            instances.add(new Instance(new SimulatedLink(redis, time, 1000), gates.apply(time), time, concurrency));
        }
        return this;
    }

    /** How long a picture takes, in seconds; its acceptance is heard with it. */
    FleetSimulation pictureTakes(double seconds) {
        answersAfter = seconds;
        return this;
    }

    /** So many of all calls, from 0 to 1, are refused whatever is sent. */
    FleetSimulation refusesAtRandom(double share) {
        noise = share;
        return this;
    }

    /** In each so many seconds everything is refused for a while, with a hint of two seconds. */
    FleetSimulation storms(double every, double lasting) {
        stormEvery = every;
        stormLasts = lasting;
        return this;
    }

    /** Hints are no longer than that, whether it helps to come then or not. */
    FleetSimulation hintsAtMost(double seconds) {
        longestHint = seconds;
        return this;
    }

    LuaRedis redis() {
        return redis;
    }

    int attempts() {
        return attempts;
    }

    int done() {
        return done;
    }

    int finished(int instance) {
        return instances.get(instance).finished;
    }

    SimulatedLink link(int instance) {
        return instances.get(instance).link;
    }

    RateGate gate(int instance) {
        return instances.get(instance).gate;
    }

    List<SimulatedLink> links() {
        return instances.stream().map(one -> one.link).toList();
    }

    /** What happens at a time, in seconds. */
    FleetSimulation at(double seconds, Runnable event) {
        time.schedule(event, (long) (seconds * 1e6), TimeUnit.MICROSECONDS);
        return this;
    }

    /** The instance vanishes, with what it has begun: nothing of it is heard any more, and its jobs are lost. */
    void kill(int instance) {
        instances.get(instance).dead = true;
        link(instance).isDead();
    }

    /** The instance that has the probe; -1 if none has. */
    int probing() {
        var who = redis.hash(GateScript.key("darkroom", QUOTA)).getOrDefault("probe", "");
        return who.isEmpty() ? -1 : Integer.parseInt(who.substring(1, who.indexOf(':')));
    }

    Result run(int jobs) {
        return run(jobs, 100_000);
    }

    Result run(int jobs, double longest) {
        left = jobs;
        instances.forEach(Instance::start);
        while (done + lost() < jobs && now() < longest) {
            time.advanceTimeBy(Duration.ofMillis(50));
        }
        return new Result(
                jobs, attempts, end, Math.max(0, jobs - burst) / rate + answersAfter, jain(), redis.commands(), done);
    }

    private int lost() {
        return instances.stream()
                .filter(one -> one.dead)
                .mapToInt(one -> one.running)
                .sum();
    }

    private double jain() {
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (var one : instances) {
            if (!one.dead) {
                sum += one.finished;
                squares += (double) one.finished * one.finished;
                count++;
            }
        }
        return sum * sum / (count * squares);
    }

    double now() {
        return time.now(TimeUnit.MICROSECONDS) / 1e6;
    }

    /** Seconds to wait, 0 if the call is taken. */
    private double pass() {
        tokens = Math.min(burst, tokens + (now() - filled) * rate);
        filled = now();
        if (now() % stormEvery > stormEvery - stormLasts) {
            return 2;
        }
        if (noise > 0 && dice.nextDouble() < noise) {
            return 1;
        }
        if (tokens >= 1) {
            tokens -= 1;
            return 0;
        }
        return Math.min(longestHint, Math.max(1, Math.ceil((1 - tokens) / rate)));
    }

    /** What came of it. Ideal: somebody alone who knows the quota. */
    record Result(int jobs, int attempts, double makespan, double ideal, double jain, long commands, int done) {

        double perSuccess() {
            return attempts / (double) done;
        }

        double overIdeal() {
            return makespan / ideal;
        }

        double commandsPerJob() {
            return commands / (double) done;
        }

        @Override
        public String toString() {
            return String.format(
                    java.util.Locale.ROOT,
                    "%d jobs: %.3f attempts, %.2f of the ideal %.1f s, Jain %.3f, %.2f commands a job",
                    jobs,
                    perSuccess(),
                    overIdeal(),
                    ideal,
                    jain,
                    commandsPerJob());
        }
    }

    private final class Instance {
        final SimulatedLink link;
        final RateGate gate;
        final Scheduler clock;
        final int concurrency;
        int running;
        int finished;
        boolean dead;

        Instance(SimulatedLink link, RateGate gate, Scheduler clock, int concurrency) {
            this.link = link;
            this.gate = gate;
            this.clock = clock;
            this.concurrency = concurrency;
        }

        void start() {
            for (var i = 0; i < concurrency; i++) {
                time.schedule(this::next, dice.nextInt(100_000), TimeUnit.MICROSECONDS);
            }
        }

        private void next() {
            if (left > 0 && !dead) {
                left--;
                running++;
                attempt(gate.enter(QUOTA, 1));
            }
        }

        private void attempt(Ticket ticket) {
            ticket.permit().subscribe(permit -> {
                if (!dead) {
                    attempts++;
                    after(0.02 + dice.nextDouble() * 0.03, () -> arrived(ticket, permit));
                }
            });
        }

        private void arrived(Ticket ticket, Permit permit) {
            var wait = pass();
            var back = 0.02 + dice.nextDouble() * 0.03;
            if (wait > 0) {
                after(back, () -> {
                    permit.refused(Instant.ofEpochMilli(clock.now(TimeUnit.MILLISECONDS) + (long) (wait * 1000)));
                    attempt(ticket);
                });
            } else {
                after(back + answersAfter, () -> {
                    permit.accepted();
                    ticket.close();
                    done++;
                    running--;
                    finished++;
                    end = now();
                    next();
                });
            }
        }

        private void after(double seconds, Runnable then) {
            time.schedule(
                    () -> {
                        if (!dead) {
                            then.run();
                        }
                    },
                    (long) (seconds * 1e6),
                    TimeUnit.MICROSECONDS);
        }
    }
}
