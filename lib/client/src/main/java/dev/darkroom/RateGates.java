package dev.darkroom;

import dev.darkroom.gate.RateGate;
import dev.darkroom.internal.gate.InMemoryGate;
import java.util.Random;
import java.util.function.DoubleSupplier;
import reactor.core.scheduler.Schedulers;

/** Gates that are ready to use. A client has one of its own unless it is given another. */
public final class RateGates {

    private RateGates() {}

    /**
     * A gate in the memory of this application. It tells time by {@link Schedulers#parallel()}, asked when a quota is first
     * used, so that virtual time rules it. Quotas nobody uses are forgotten after ten minutes, or as soon as there are a
     * thousand, but not while the server has told to come back later. At most 100,000 of those are kept, a kilobyte each: beyond,
     * the ones are forgotten that would open first.
     *
     * @return a gate which no call has entered
     */
    public static RateGate inMemory() {
        return inMemory(new Random()::nextDouble);
    }

    /**
     * Like {@link #inMemory()}, with dice of one's own.
     *
     * @param random from 0 to 1, for jitter, which only ever adds to a wait; called from any thread
     * @return a gate which no call has entered
     */
    public static RateGate inMemory(DoubleSupplier random) {
        return new InMemoryGate(Schedulers::parallel, random);
    }
}
