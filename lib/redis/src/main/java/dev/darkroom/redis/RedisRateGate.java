package dev.darkroom.redis;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import dev.darkroom.internal.gate.InMemoryGate;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A rate gate which all instances of an application share through Redis 5 or later, alone, with sentinels or as a cluster. A refusal that
 * one of them meets closes the gate for all; when it opens, one probe goes first for the whole fleet, then all take turns at the
 * pace the gateway takes. Requests queue in each instance, oldest first; the instances stand in one line with the first of each.
 *
 * <p>One command a request, while nothing is refused. Time is that of Redis alone, whatever the clocks of the instances say.
 * Redis needs no persistence: an empty one knows of no closing, and one refusal tells it.
 *
 * <p>No request fails or waits for long because of Redis. Where it is slow, down or cut off, each instance goes on alone, with the
 * closings it knows and the rate divided by the instances that were last seen; {@link GateState#fleet()} and a line in the log say
 * so. It comes back by itself.
 *
 * <p>Named in Redis are a quota's host and model, and a hash of its key; never a key or a prompt. Close the gate after the clients
 * that use it; a client does not.
 */
public final class RedisRateGate implements RateGate, AutoCloseable {

    private final InMemoryGate queues;
    private final Runnable close;

    /** A gate over any link; for tests and simulations. */
    RedisRateGate(
            FleetLink link,
            String where,
            Supplier<Scheduler> scheduler,
            DoubleSupplier random,
            String name,
            Runnable close) {
        var outages = new Outages(where);
        this.queues = InMemoryGate.governedBy(
                scheduler, (quota, queue) -> new FleetLaw(quota, queue, link, outages, random, name));
        this.close = close;
    }

    /**
     * A gate at the Redis of a URI. Returns at once: requests that come before the connection is there go by what this instance
     * knows alone.
     *
     * @param uri {@code redis://[user:password@]host[:port][/database]}, {@code rediss://…} for TLS, or
     *     {@code redis-sentinel://…}
     * @return a gate to be closed
     * @throws IllegalArgumentException if it is no such URI
     */
    public static RedisRateGate connect(String uri) {
        return connect(RedisGateSettings.of(uri));
    }

    /**
     * A gate at some Redis. Returns at once, like {@link #connect(String)}.
     *
     * @param settings where it is, and how it is asked
     * @return a gate to be closed
     */
    public static RedisRateGate connect(RedisGateSettings settings) {
        var link = new LettuceLink(settings);
        link.connect();
        return new RedisRateGate(
                link,
                settings.where(),
                Schedulers::parallel,
                new Random()::nextDouble,
                settings.instance(),
                link::close);
    }

    @Override
    public Ticket enter(Quota quota, int cost) {
        return queues.enter(quota, cost);
    }

    /** {@inheritDoc} What this instance knows of the quotas it uses: nobody is asked. */
    @Override
    public List<GateState> states() {
        return queues.states();
    }

    /** Ends the connections. Who still waits, or comes later, goes by what this instance knows alone. */
    @Override
    public void close() {
        close.run();
    }
}
