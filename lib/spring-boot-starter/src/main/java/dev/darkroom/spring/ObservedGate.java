package dev.darkroom.spring;

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
import reactor.core.publisher.Mono;

/** Records in the observed generation how long it waited for its permits, and how many it got. */
record ObservedGate(RateGate gate, Consumer<Quota> seen) implements RateGate {

    @Override
    public Ticket enter(Quota quota, int cost) {
        seen.accept(quota);
        return new ObservedTicket(gate.enter(quota, cost));
    }

    @Override
    public List<GateState> states() {
        return gate.states();
    }

    private record ObservedTicket(Ticket ticket) implements Ticket {

        @Override
        public Mono<Permit> permit(Duration longest, Instant latest, Consumer<Throttled> listener) {
            return Mono.deferContextual(context -> {
                if (!context.hasKey(ImageGenerationObservationContext.class)) {
                    return ticket.permit(longest, latest, listener);
                }
                var generation =
                        context.<ImageGenerationObservationContext>get(ImageGenerationObservationContext.class);
                generation.waitBegins();
                Consumer<Throttled> observed = generation::throttled;
                return ticket.permit(longest, latest, observed.andThen(listener))
                        .doOnNext(permit -> generation.waitEnds(true))
                        .doOnError(failure -> generation.waitEnds(false));
            });
        }

        @Override
        public void close() {
            ticket.close();
        }
    }
}
