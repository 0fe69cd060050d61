package dev.darkroom.internal.call;

import dev.darkroom.gate.BeforeSend;
import dev.darkroom.image.ImageException;
import dev.darkroom.internal.http.HttpFailure;
import dev.darkroom.internal.http.Transport;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What a user wants done, by {@link BeforeSend}, between the turn of a request and its first byte. It holds a permit meanwhile, so it
 * must end; and it may block, so it is asked where that is allowed.
 */
final class LastStep {

    private static final String NAME = "the step before sending";

    /** So that no request hangs, and holds others up, for its sake. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Transport transport;
    private final FailureTranslator translator;
    private final Deadline deadline;

    LastStep(Transport transport, FailureTranslator translator, Deadline deadline) {
        this.transport = transport;
        this.translator = translator;
        this.deadline = deadline;
    }

    /** The attempt, behind the step if there is one. */
    <T> Flux<T> before(KeyedPermit permit, Publisher<T> attempt) {
        return Flux.deferContextual(subscription -> {
            var step = BeforeSend.stepIn(subscription);
            return step == Mono.<Void>empty()
                    ? attempt
                    : done(step).doOnError(failure -> permit.abandon()).thenMany(attempt);
        });
    }

    private Mono<Void> done(Mono<Void> step) {
        var whole = deadline.inTime(limited(step)).flux();
        return transport
                .untilDisposed(whole)
                .onErrorMap(HttpFailure.class, translator::unreached)
                .then();
    }

    /** With a value at its end: a limit looks at the first signal. */
    private static Mono<Boolean> limited(Mono<Void> step) {
        var late = Mono.delay(LIMIT, Schedulers.parallel())
                .then(Mono.<Boolean>error(() -> new TimeoutException("not done within " + LIMIT)));
        return Mono.firstWithSignal(step.thenReturn(true).subscribeOn(Schedulers.boundedElastic()), late)
                .onErrorMap(e -> !(e instanceof ImageException), e -> UserCode.fault(NAME, e));
    }
}
