package dev.darkroom.call;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Ticket;
import dev.darkroom.gate.Turn;
import dev.darkroom.http.BodyDecoder;
import dev.darkroom.http.Timeouts;
import dev.darkroom.http.Transport;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.wire.PayloadReader;
import dev.darkroom.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One subscription to one request: made when an event is asked for, gone when it ends. */
final class Generation {

    /** A deadline beyond it is none, and could not be counted. */
    private static final Duration NO_LIMIT = Duration.ofDays(3650);

    private final Settings settings;
    private final Transport transport;
    private final ImageRequest request;
    private final Scheduler scheduler = Schedulers.parallel();
    private final @Nullable Instant deadline;
    private final RetryRule retries;

    Generation(Settings settings, Transport transport, ImageRequest request) {
        this.settings = settings;
        this.transport = transport;
        this.request = request;
        var limit = request.deadline();
        this.deadline = limit == null || limit.compareTo(NO_LIMIT) > 0 ? null : now().plus(limit);
        this.retries = RetryRule.behindAGate(settings.waiting(), scheduler, deadline);
    }

    /** The ticket is the place in line: a refused request keeps it, and closing it says that nobody waits any more. */
    Flux<ImageEvent> events() {
        return inTime(written())
                .flatMapMany(call -> inTime(settings.access().currentKey())
                        .flatMapMany(key -> Flux.using(
                                () -> settings.gate()
                                        .enter(quota(key), settings.dialect().cost(request)),
                                ticket -> Flux.defer(() -> inTurn(ticket, call))
                                        .doOnNext(event -> retries.begin())
                                        .retryWhen(retries.asRetry())
                                        .onErrorMap(retries::told),
                                Ticket::close)));
    }

    private Flux<ImageEvent> inTurn(Ticket ticket, ApiCall call) {
        var latest = deadline == null ? Instant.MAX : deadline;
        return ticket.turn(retries.longestLeft(), latest, settings.waiting().listener())
                .flatMapMany(turn -> attempt(call, turn).doOnError(failure -> end(turn, failure)));
    }

    private static void end(Turn turn, Throwable failure) {
        if (failure instanceof RateLimitedException refused) {
            turn.refused(refused.retryAt());
        } else if (failure instanceof UnavailableException || failure instanceof RejectedException) {
            turn.abandoned(); // says nothing of the quota
        } else {
            turn.answeredOtherwise();
        }
    }

    private Mono<ApiCall> written() {
        var call = Mono.fromCallable(() -> settings.dialect().generate(request));
        var readsFiles = Stream.concat(request.references().stream(), Stream.ofNullable(request.mask()))
                .anyMatch(ImageReference.File.class::isInstance);
        return readsFiles ? call.subscribeOn(Schedulers.boundedElastic()) : call;
    }

    /** The key is asked for again for each attempt: it may have changed while we waited. */
    private Flux<ImageEvent> attempt(ApiCall call, Turn turn) {
        var attempt = new Attempt<ImageEvent>(settings.dialect(), transport, (self, reply) -> {
            turn.accepted(); // a good answer has begun; what it says may still be a refusal
            return decoder(self, reply);
        });
        return inTime(settings.access().currentKey())
                .flatMapMany(key -> attempt.send(
                        settings.access().call(settings.dialect(), call, request.headers(), key), timeouts()));
    }

    private BodyDecoder<ImageEvent> decoder(Attempt<ImageEvent> attempt, Reply reply) {
        var reading = settings.dialect().reading(request, reply);
        try {
            var reader = PayloadReader.detect(reply.header("content-type"), settings.limits());
            return new ReadingDecoder(reader, reading, attempt);
        } catch (WireException e) {
            throw attempt.meaning(e); // neither a stream nor a document
        }
    }

    /** The client's limits, and what the caller's deadline leaves. */
    private Timeouts timeouts() {
        return deadline == null ? settings.timeouts() : settings.timeouts().within(Duration.between(now(), deadline));
    }

    /** What comes before sending counts against the deadline too. */
    <T> Mono<T> inTime(Mono<T> preparation) {
        if (deadline == null) {
            return preparation;
        }
        var left = Duration.between(now(), deadline);
        var late = Mono.<T>error(() -> new UnavailableException(
                "not sent: the deadline of " + request.deadline() + " is over", FailureDetails.NONE, null, null));
        return left.isNegative() || left.isZero() ? late : preparation.timeout(left, late, scheduler);
    }

    private Quota quota(String key) {
        return Quota.of(
                settings.access().baseUrl().getHost(), key, settings.dialect().quota(request));
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }
}
