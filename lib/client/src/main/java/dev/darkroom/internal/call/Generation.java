package dev.darkroom.internal.call;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.http.BodyDecoder;
import dev.darkroom.internal.http.HttpFailure;
import dev.darkroom.internal.http.Transport;
import dev.darkroom.internal.wire.HeapBudget;
import dev.darkroom.internal.wire.PayloadReader;
import java.time.Duration;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** One subscription to one request: made when an event is asked for, gone when it ends. */
final class Generation {

    /** By which a hold outlasts the limit of a refusal's body, so that nobody slips through between the two. */
    private static final Duration HOLD = RefusalDecoder.LIMIT.plusMillis(250);

    private final Settings settings;
    private final Transport transport;
    private final FailureTranslator translator;
    private final ImageRequest request;
    private final HeapBudget budget;
    private final Clock clock = new Clock();
    private final Deadline deadline;
    private final GatedRetry retries;
    private final GenerationLog log;

    /** @param budget what this subscription keeps, its downloads included */
    Generation(Settings settings, Transport transport, ImageRequest request, HeapBudget budget) {
        this.settings = settings;
        this.budget = budget;
        this.transport = transport;
        this.translator = new FailureTranslator(settings.dialect());
        this.request = request;
        this.deadline = new Deadline(request.deadline(), settings.rateLimits().leastTimeToSend(), clock);
        this.retries =
                new GatedRetry(settings.rateLimits().maxWait(), new Backoff(), deadline, clock, this::untilDisposed);
        this.log = new GenerationLog(settings.dialect().name(), request.model(), clock);
    }

    /** A place in line is kept by a request that is refused; closing it says that nobody waits any more. */
    Flux<ImageEvent> events() {
        return inTime(written())
                .flatMapMany(call -> Flux.using(
                        () -> new QueuePlace(settings, request, retries, deadline, clock),
                        place -> Flux.defer(() -> permit(place).flatMapMany(permit -> attempt(call, permit)))
                                .doOnNext(event -> retries.begin())
                                .retryWhen(retries.asRetry())
                                .onErrorMap(retries::told),
                        QueuePlace::close));
    }

    /** What comes before sending counts against the deadline too. */
    <T> Mono<T> inTime(Mono<T> preparation) {
        return deadline.inTime(preparation);
    }

    private Mono<KeyedPermit> permit(QueuePlace place) {
        return untilDisposed(place.permit().flux()).singleOrEmpty();
    }

    private <T> Flux<T> untilDisposed(Flux<T> wait) {
        return transport.untilDisposed(wait).onErrorMap(HttpFailure.class, translator::unreached);
    }

    private Mono<ApiCall> written() {
        var call = Mono.fromCallable(() -> settings.dialect().generate(request));
        // a file is looked at, and the boundary of a form comes from the system's randomness: both may block
        var mayBlock = Stream.concat(request.references().stream(), Stream.ofNullable(request.mask()))
                .anyMatch(image -> image instanceof ImageReference.File || image instanceof ImageReference.Bytes);
        return mayBlock ? call.subscribeOn(Schedulers.boundedElastic()) : call;
    }

    private Flux<ImageEvent> attempt(ApiCall call, KeyedPermit permit) {
        var send = new Send(transport, translator, clock);
        return log.watched(Flux.defer(() -> send.once(
                        settings.access().call(call, request.headers(), permit.key()),
                        deadline.within(settings.timeouts()),
                        deadline.toSend(),
                        () -> permit.held(HOLD),
                        reply -> {
                            permit.accepted(); // a good answer has begun; what it says may still be a refusal
                            return decoder(reply);
                        })))
                .doOnError(failure -> permit.end(failure, clock));
    }

    private BodyDecoder<ImageEvent> decoder(Reply reply) {
        budget.clear(); // an attempt before this one kept nothing
        var reading = settings.dialect().reading(request, reply);
        var reader = PayloadReader.detect(reply.header("content-type"), settings.limits())
                .within(budget);
        return new ReadingDecoder(reader, reading, new KeptImages(settings.limits(), budget));
    }
}
