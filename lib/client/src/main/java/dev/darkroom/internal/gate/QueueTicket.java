package dev.darkroom.internal.gate;

import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gate.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A place in a {@link QuotaQueue}. All but the constants is guarded by the line's lock. */
final class QueueTicket implements Ticket {

    final long age;
    final int cost;
    private final QuotaQueue line;

    int refusals;

    /** When it may be sent again which was refused by chance, by the line's clock. */
    double restsUntil = Double.NEGATIVE_INFINITY;

    boolean closed;

    @Nullable
    Waiter waiting;

    @Nullable
    OpenPermit permit;

    QueueTicket(QuotaQueue line, long age, int cost) {
        this.line = line;
        this.age = age;
        this.cost = cost;
    }

    @Override
    public Mono<Permit> permit(Duration longest, Instant latest, Consumer<Throttled> listener) {
        return Mono.defer(() -> {
            var waiting = new Waiter(this, longest, latest, listener);
            return Mono.<Void>create(sink -> {
                        waiting.wakes(sink);
                        sink.onCancel(() -> line.leave(waiting));
                        line.join(waiting);
                    })
                    .then(Mono.defer(waiting::result));
        });
    }

    @Override
    public void close() {
        line.close(this);
    }
}
