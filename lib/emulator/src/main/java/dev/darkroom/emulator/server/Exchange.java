package dev.darkroom.emulator.server;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.journal.Entry;
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
 * One request from its arrival to its outcome: asks the gateway, writes the response and the journal.
 *
 * <p>The server cancels the exchange when the client closes the connection; that cancels the gateway, stops the
 * drawing, and is the outcome.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Gateway gateway;
    private final Call call;
    private final ResponseWriter writer;
    private final Journal journal;
    private final Entry entry;
    private final Scheduler time;
    private final long arrived;
    private int status;
    private boolean gatewayFailed;

    Exchange(Gateway gateway, Call call, HttpServerResponse response, Journal journal, Entry entry, Scheduler time) {
        this.gateway = gateway;
        this.call = call;
        this.writer =
                new ResponseWriter(response, call.fault(), call.fatalErrors().watch(time));
        this.journal = journal;
        this.entry = entry;
        this.time = time;
        this.arrived = time.now(TimeUnit.NANOSECONDS);
    }

    /** From here on it is in the journal, and whatever becomes of it will be. */
    Mono<Void> run(Scheduler workers) {
        return Mono.defer(() -> {
            long number = journal.record(entry, call.imageCounter());
            return answered(workers).doFinally(signal -> settle(number, signal));
        });
    }

    private Mono<Void> answered(Scheduler workers) {
        if (call.fault().is(Fault.REFUSED_STREAM) || call.fault().is(Fault.GOAWAY_REFUSED)) {
            return writer.refuseStream();
        }
        var fatalErrors = call.fatalErrors();
        return fatalErrors
                .guard(Mono.defer(() -> gateway.answer(call)).subscribeOn(fatalErrors.watch(workers)))
                .onErrorResume(this::gatewayFailed)
                .doOnNext(reply -> status = reply.status())
                .flatMap(reply -> gatewayFailed ? writer.write(reply) : fatalErrors.guard(writer.write(reply)));
    }

    private Mono<Reply> gatewayFailed(Throwable cause) {
        gatewayFailed = true; // what says so runs on no thread of the call's
        LOG.error("The emulator failed at {} {}", call.method(), call.route(), cause);
        return Mono.just(gateway.errorReply(500, "Internal Server Error"));
    }

    private void settle(long number, SignalType signal) {
        var took = Duration.ofNanos(time.now(TimeUnit.NANOSECONDS) - arrived);
        if (writer.broke()) {
            journal.settle(number, new Outcome.Broken(call.fault().fault(), took));
        } else if (!writer.endedWhole() && (signal != SignalType.ON_COMPLETE || !writer.whole())) {
            journal.settle(number, new Outcome.Cancelled(took, writer.events()));
        } else if (status < 400) {
            journal.settle(number, new Outcome.Accepted(status, took, writer.events()));
        } else {
            journal.settle(number, new Outcome.Refused(status, took));
        }
    }
}
