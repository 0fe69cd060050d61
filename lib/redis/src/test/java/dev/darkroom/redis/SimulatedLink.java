package dev.darkroom.redis;

import dev.darkroom.gate.Quota;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import reactor.core.scheduler.Scheduler;

/** A way to a {@link LuaRedis} in virtual time: with a round trip, a time-out, and an end if a test wants one. */
final class SimulatedLink implements FleetLink {

    static final long TIMEOUT = 250_000;

    private final LuaRedis redis;
    private final Scheduler time;
    private final long trip;
    private final Map<String, Consumer<String>> ears = new HashMap<>();
    private boolean refusing;
    private boolean silent;
    private boolean deaf;
    private boolean dead;

    /**
     * A way.
     *
     * @param tripMicros there and back, in microseconds
     */
    SimulatedLink(LuaRedis redis, Scheduler time, long tripMicros) {
        this.redis = redis;
        this.time = time;
        this.trip = tripMicros;
    }

    /** Every command is refused at once. */
    void refusesConnections(boolean now) {
        refusing = now;
    }

    /** No command is answered. */
    void isSilent(boolean now) {
        silent = now;
    }

    /** Nothing that is said to all arrives. */
    void isDeaf(boolean now) {
        deaf = now;
    }

    /** The whole instance is gone: whatever comes or goes does not. */
    void isDead() {
        dead = true;
    }

    @Override
    public CompletionStage<String> ask(Quota quota, String... arguments) {
        var answer = new CompletableFuture<String>();
        if (dead) {
            return answer;
        }
        if (refusing) {
            answer.completeExceptionally(new IllegalStateException("disconnected"));
            return answer;
        }
        if (silent) {
            time.schedule(
                    () -> answer.completeExceptionally(new IllegalStateException("timed out")),
                    TIMEOUT,
                    TimeUnit.MICROSECONDS);
            return answer;
        }
        time.schedule(
                () -> {
                    var line = redis.eval(GateScript.keys("darkroom", quota), arguments);
                    time.schedule(
                            () -> {
                                if (!dead) {
                                    answer.complete(line);
                                }
                            },
                            trip - trip / 2,
                            TimeUnit.MICROSECONDS);
                },
                trip / 2,
                TimeUnit.MICROSECONDS);
        return answer;
    }

    @Override
    public void listen(Quota quota, Consumer<String> words) {
        var channel = GateScript.key("darkroom", quota);
        Consumer<String> ear = line -> time.schedule(
                () -> {
                    if (!dead && !deaf && !refusing && !silent) {
                        words.accept(line);
                    }
                },
                trip - trip / 2,
                TimeUnit.MICROSECONDS);
        ears.put(channel, ear);
        redis.subscribe(channel, ear);
    }

    @Override
    public void forget(Quota quota) {
        var channel = GateScript.key("darkroom", quota);
        var ear = ears.remove(channel);
        if (ear != null) {
            redis.unsubscribe(channel, ear);
        }
    }

    @Override
    public boolean listens() {
        return !deaf && !refusing && !silent;
    }
}
