package dev.darkroom.internal.call;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.internal.call.Prepare.Prepared;
import dev.darkroom.internal.http.HttpFailure;
import dev.darkroom.internal.http.Transport;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The third step: lets a request through when its turn has come, and again, from its old place, when it was refused. Closing that
 * place says that nobody waits any more. Belongs to one subscription.
 */
final class Queue {

    private final Settings settings;
    private final Transport transport;
    private final FailureTranslator translator;
    private final Deadline deadline;
    private final Clock clock;
    private final GatedRetry retries;

    Queue(Settings settings, Transport transport, FailureTranslator translator, Deadline deadline, Clock clock) {
        this.settings = settings;
        this.transport = transport;
        this.translator = translator;
        this.deadline = deadline;
        this.clock = clock;
        this.retries =
                new GatedRetry(settings.rateLimits().maxWait(), new Backoff(), deadline, clock, this::untilDisposed);
    }

    /**
     * Waits, and attempts.
     *
     * @param attempt one, each with a permit of its own
     * @param left runs when it is over, in whatever way
     */
    Flux<ImageEvent> inTurn(Prepared prepared, Function<KeyedPermit, Flux<ImageEvent>> attempt, Runnable left) {
        return Flux.using(
                () -> new QueuePlace(settings, prepared, retries, deadline, clock),
                place -> Flux.defer(() -> new Turn<>(permit(place), attempt, retries))
                        .retryWhen(retries.asRetry())
                        .onErrorMap(retries::told),
                place -> {
                    place.close();
                    left.run();
                });
    }

    /** Nothing is tried again any more. */
    void begun() {
        retries.begin();
    }

    private Mono<KeyedPermit> permit(QueuePlace place) {
        return untilDisposed(place.permit().flux()).singleOrEmpty();
    }

    private <T> Flux<T> untilDisposed(Flux<T> wait) {
        return transport.untilDisposed(wait).onErrorMap(HttpFailure.class, translator::unreached);
    }
}
