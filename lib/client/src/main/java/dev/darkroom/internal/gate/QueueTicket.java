package dev.darkroom.internal.gate;

import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gate.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Stands in a {@link QuotaQueue} for one request, as often as it is asked to, at the same place. */
record QueueTicket(QuotaQueue queue, TicketState state) implements Ticket {

    @Override
    public Mono<Permit> permit(Duration longest, Instant latest, Consumer<Throttled> listener) {
        return Mono.defer(() -> {
            var waiting = new Waiter(state, longest, latest, listener);
            return Mono.<Void>create(sink -> {
                        waiting.wakes(sink);
                        sink.onCancel(() -> queue.leave(waiting));
                        queue.join(waiting);
                    })
                    .then(Mono.defer(waiting::result))
                    .map(given -> new OpenPermit(queue, state, given));
        });
    }

    @Override
    public void close() {
        queue.close(state);
    }
}
