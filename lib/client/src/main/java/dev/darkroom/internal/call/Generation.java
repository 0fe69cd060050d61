package dev.darkroom.internal.call;

import dev.darkroom.image.Estimate;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.internal.call.Prepare.Prepared;
import dev.darkroom.internal.http.Allowance;
import dev.darkroom.internal.http.Downloads;
import dev.darkroom.internal.http.Transport;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One subscription to one request: made when an event is asked for, gone when it ends. Its steps know nothing of each other; what
 * one hands to the next is a {@link Prepared} request, a permit, the head of an answer, events.
 */
final class Generation {

    private final ImageRequest request;
    private final Deadline deadline;
    private final Prepare prepare;
    private final CheckCatalogue check;
    private final Queue queue;
    private final LastStep lastStep;
    private final Follow follow;
    private final Decode decode;
    private final Fetch fetch;
    private final GenerationLog log;
    private final FailureTranslator translator;

    Generation(
            Settings settings,
            Transport transport,
            Downloads downloads,
            FailureTranslator translator,
            Function<ImageRequest, Mono<Estimate>> estimates,
            ImageRequest request) {
        var clock = new Clock();
        var dialect = settings.dialect();
        var gateway = translator.gateway();
        var checking = settings.checking();
        this.request = request;
        this.deadline = new Deadline(request.deadline(), settings.rateLimits().leastTimeToSend(), clock);
        this.prepare = new Prepare(dialect, gateway, checking.dropUnsupported());
        this.check = new CheckCatalogue(gateway, checking.check(), estimates, deadline);
        this.queue = new Queue(settings, transport, translator, deadline, clock);
        this.lastStep = new LastStep(transport, translator, deadline);
        this.decode = new Decode(dialect, Allowance.of(settings.limits()));
        this.fetch = new Fetch(settings, downloads, decode.allowance(), deadline);
        this.translator = translator;
        this.log = new GenerationLog(gateway, request.model(), clock);
        this.follow = new Follow(settings, transport, translator, deadline, clock, log, queue::begun);
    }

    /** The corridor: a step a line. */
    Flux<ImageEvent> events() {
        return deadline.inTime(prepare.fitted(request))
                .flatMap(check::checked)
                .flatMapMany(prepared -> queue.inTurn(
                                prepared,
                                permit -> lastStep.before(
                                        permit,
                                        log.watched(follow.attempt(
                                                prepared, permit, reply -> decode.answer(prepared, reply)))),
                                follow::close)
                        .onErrorMap(
                                OutcomeUnknownException.class,
                                failure -> translator.advised(prepared.request(), failure)))
                .transform(fetch::fetched);
    }
}
