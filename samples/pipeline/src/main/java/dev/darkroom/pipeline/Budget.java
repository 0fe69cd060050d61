package dev.darkroom.pipeline;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Lets a prompt go only if what it may cost still fits: as much as the dearest so far, or what the catalogue says if that is more; as long
 * as nobody has paid for one, one goes at a time. What has no end counts as if it had been paid. Thread-safe.
 */
final class Budget {

    private final @Nullable BigDecimal ceiling;
    private final Stop stop;
    private BigDecimal spent;
    private @Nullable BigDecimal dearest;
    private BigDecimal reserved = BigDecimal.ZERO;
    private int running;
    private List<Sinks.Empty<Void>> waiting = new ArrayList<>();

    Budget(@Nullable BigDecimal ceiling, Costs earlier, Stop stop) {
        this.ceiling = ceiling;
        this.spent = earlier.sum();
        this.dearest = earlier.dearest();
        this.stop = stop;
    }

    boolean isNone() {
        return ceiling == null;
    }

    /** What it has taken of the budget, until it is told how it ended; empty if nothing goes any more. */
    Mono<BigDecimal> admitted(@Nullable BigDecimal estimate) {
        return Mono.defer(() -> {
            var share = new BigDecimal[1];
            var wait = reserve(estimate, share);
            if (stop.isSet()) {
                return Mono.empty();
            }
            return share[0] != null
                    ? Mono.just(share[0])
                    : Mono.firstWithSignal(wait, stop.signal()).then(admitted(estimate));
        });
    }

    private synchronized Mono<Void> reserve(@Nullable BigDecimal estimate, BigDecimal[] share) {
        if (ceiling == null) {
            share[0] = BigDecimal.ZERO;
            return Mono.empty();
        }
        var expected = estimate == null || dearest == null ? dearest : estimate.max(dearest);
        var fits = expected != null && spent.add(reserved).add(expected).compareTo(ceiling) <= 0;
        var least = spent.add(estimate == null ? BigDecimal.ZERO : estimate);
        var first = expected == null && least.compareTo(ceiling) <= 0 && spent.compareTo(ceiling) < 0 && running == 0;
        if (fits || first) {
            share[0] = expected == null ? BigDecimal.ZERO : expected;
            reserved = reserved.add(share[0]);
            running++;
            return Mono.empty();
        }
        if (running == 0) {
            stop.now(
                    "cost",
                    "the next prompt could cost more than is left of the ceiling of " + ceiling.toPlainString() + ": "
                            + spent.toPlainString() + " are spent");
            return Mono.empty();
        }
        var later = Sinks.<Void>empty();
        waiting.add(later);
        return later.asMono();
    }

    /** It has ended. What it cost is null if nobody knows, and then it may have been all. */
    void ended(BigDecimal share, @Nullable BigDecimal cost) {
        List<Sinks.Empty<Void>> woken;
        synchronized (this) {
            if (ceiling == null) {
                return;
            }
            running--;
            reserved = reserved.subtract(share);
            spent = spent.add(cost == null ? share : cost);
            if (cost != null && cost.signum() > 0 && (dearest == null || cost.compareTo(dearest) > 0)) {
                dearest = cost;
            }
            woken = waiting;
            waiting = new ArrayList<>();
        }
        woken.forEach(Sinks.Empty::tryEmitEmpty);
    }
}
