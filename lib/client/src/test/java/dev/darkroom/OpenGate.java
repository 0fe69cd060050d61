package dev.darkroom;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gate.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A gate of somebody else's, in one object: lets everybody pass, and does not mind what became of it. */
public class OpenGate implements RateGate, Ticket, Permit {

    @Override
    public Ticket enter(Quota quota, int cost) {
        return this;
    }

    @Override
    public List<GateState> states() {
        return List.of();
    }

    @Override
    public Mono<Permit> permit(Duration longest, Instant latest, Consumer<Throttled> listener) {
        return Mono.just(this);
    }

    @Override
    public void close() {}

    @Override
    public void accepted() {}

    @Override
    public void refused(@Nullable Instant until) {}

    @Override
    public void answeredOtherwise() {}

    @Override
    public void abandoned() {}
}
