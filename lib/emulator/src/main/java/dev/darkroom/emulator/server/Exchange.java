package dev.darkroom.emulator.server;

import dev.darkroom.emulator.journal.Journal;
import dev.darkroom.emulator.journal.Outcome;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request from its arrival to its outcome: asks the dialect, delivers, writes the journal.
 *
 * <p>The server cancels the exchange when the client closes the connection; that cancels the dialect, stops the
 * drawing, and is the outcome.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Dialect dialect;
    private final Call call;
    private final Delivery delivery;
    private final Journal journal;
    private final long entry;
    private final Scheduler time;
    private final long arrived;
    private int status;
    private boolean failed;

    Exchange(Dialect dialect, Call call, HttpServerResponse response, Journal journal, long entry, Scheduler time) {
        this.dialect = dialect;
        this.call = call;
        this.delivery = new Delivery(response, call.fault(), call.lifeline().over(time));
        this.journal = journal;
        this.entry = entry;
        this.time = time;
        this.arrived = time.now(TimeUnit.NANOSECONDS);
    }

    Mono<Void> run(Scheduler workers) {
        var lifeline = call.lifeline();
        return lifeline.guard(Mono.defer(() -> dialect.answer(call)).subscribeOn(lifeline.over(workers)))
                .onErrorResume(this::brokenDialect)
                .doOnNext(reply -> status = reply.status())
                .flatMap(reply -> failed ? delivery.deliver(reply) : lifeline.guard(delivery.deliver(reply)))
                .doFinally(this::settle);
    }

    private Mono<Reply> brokenDialect(Throwable cause) {
        failed = true; // what says so runs on no thread of the call's
        LOG.error("The emulator failed at {} {}", call.method(), call.route(), cause);
        return Mono.just(dialect.refusal(500, "Internal Server Error"));
    }

    private void settle(SignalType signal) {
        var took = Duration.ofNanos(time.now(TimeUnit.NANOSECONDS) - arrived);
        if (delivery.broke()) {
            journal.settle(entry, new Outcome.Broken(call.fault().fault(), took));
        } else if (signal != SignalType.ON_COMPLETE || !delivery.whole()) {
            journal.settle(entry, new Outcome.Cancelled(took, delivery.events()));
        } else if (status < 400) {
            journal.settle(entry, new Outcome.Accepted(status, took, delivery.events()));
        } else {
            journal.settle(entry, new Outcome.Refused(status, took));
        }
    }
}
