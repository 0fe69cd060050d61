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

/** Tells the observed generation how long it waited for its turns, and how many it took. */
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
                var facts = context.<ImageGenerationObservationContext>get(ImageGenerationObservationContext.class);
                facts.waits();
                Consumer<Throttled> heard = facts::heard;
                return ticket.permit(longest, latest, heard.andThen(listener))
                        .doOnNext(permit -> facts.mayGo(true))
                        .doOnError(failure -> facts.mayGo(false));
            });
        }

        @Override
        public void close() {
            ticket.close();
        }
    }
}
