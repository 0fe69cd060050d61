package dev.darkroom.spring.test;

import dev.darkroom.RateGates;
import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import java.util.List;

/** A gate for as long as a test: one that queues a rate limit of a minute would keep the next one waiting. */
final class ResettableGate implements RateGate {

    private volatile RateGate gate = RateGates.inMemory();

    void reset() {
        gate = RateGates.inMemory();
    }

    @Override
    public Ticket enter(Quota quota, int cost) {
        return gate.enter(quota, cost);
    }

    @Override
    public List<GateState> states() {
        return gate.states();
    }
}
