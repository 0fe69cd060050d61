package dev.darkroom.spring;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gate.Ticket;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets pictures that are being paid for be finished before the context closes their clients, for as long as a phase of a shutdown may
 * take ({@code spring.lifecycle.timeout-per-shutdown-phase}). Meanwhile nothing is sent any more: who comes, or waits for a rate
 * limit, is told at once. By then the web server has finished its requests, each of which may still have generated, and its
 * connections are open for answers that are late.
 *
 * <p>Stopped and started by the context's thread, used by those of all subscribers.
 */
final class ClientShutdown implements SmartLifecycle {

    /** Below the phase in which web servers finish their requests, above the one in which they stop. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 1024 - 512;

    private static final Logger LOG = LoggerFactory.getLogger(ClientShutdown.class);

    private final Set<PaidCall> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean running = true;
    private final AtomicReference<@Nullable Runnable> whenIdle = new AtomicReference<>();

    /** What generates, and is waited for. */
    ImageGenerator waitedFor(ImageGenerator next) {
        return request -> Flux.defer(() -> call(next, request));
    }

    private Flux<ImageEvent> call(ImageGenerator next, ImageRequest request) {
        var call = new PaidCall();
        return next.generate(request)
                .doOnRequest(n -> begin(call))
                .doOnComplete(call::ends)
                .takeUntilOther(call.refusal())
                .concatWith(call.failure())
                .doFinally(end -> end(call))
                .contextWrite(context -> context.put(PaidCall.class, call));
    }

    private void begin(PaidCall call) {
        if (call.begins()) {
            underWay.add(call);
            if (call.isOver()) {
                underWay.remove(call);
            }
        }
    }

    private void end(PaidCall call) {
        call.ends();
        underWay.remove(call);
        tellIfIdle();
    }

    /** Once: a phase counts its beans by it. */
    private void tellIfIdle() {
        if (!running && underWay.isEmpty()) {
            var callback = whenIdle.getAndSet(null);
            if (callback != null) {
                callback.run();
            }
        }
    }

    /** The clients are about to be closed. */
    void warnOfWhatIsCut() {
        if (!underWay.isEmpty()) {
            LOG.warn(
                    "Cutting off {} image generation(s), which may be billed: a longer"
                            + " spring.lifecycle.timeout-per-shutdown-phase lets them finish",
                    underWay.size());
        }
    }

    /** A gate that lets nobody pass while the application shuts down. */
    RateGate closing(RateGate gate) {
        return new ClosingGate(gate);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        underWay.forEach(PaidCall::refuseUnlessSent);
        if (!underWay.isEmpty()) {
            LOG.info("Waiting for {} image generation(s) that were sent, and are paid for", underWay.size());
        }
        whenIdle.set(callback);
        tellIfIdle();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A test's context that rests keeps its clients. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private final class ClosingGate implements RateGate {

        private final RateGate gate;

        ClosingGate(RateGate gate) {
            this.gate = gate;
        }

        @Override
        public Ticket enter(Quota quota, int cost) {
            return new ClosingTicket(gate.enter(quota, cost));
        }

        @Override
        public List<GateState> states() {
            return gate.states();
        }
    }

    private final class ClosingTicket implements Ticket {

        private final Ticket ticket;

        ClosingTicket(Ticket ticket) {
            this.ticket = ticket;
        }

        @Override
        public Mono<Permit> permit(Duration longest, Instant latest, Consumer<Throttled> listener) {
            return Mono.deferContextual(context -> {
                var permit = ticket.permit(longest, latest, listener);
                var call = context.<PaidCall>getOrDefault(PaidCall.class, null);
                if (call == null) {
                    return permit; // of a copy without our decoration there is none
                }
                call.waits();
                if (!running) {
                    call.refuseUnlessSent();
                }
                return permit.flatMap(granted -> call.sends() ? Mono.just(granted) : Mono.never());
            });
        }

        @Override
        public void close() {
            ticket.close();
        }
    }
}
