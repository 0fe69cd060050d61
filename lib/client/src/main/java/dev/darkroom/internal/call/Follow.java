package dev.darkroom.internal.call;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.call.Prepare.Prepared;
import dev.darkroom.internal.decode.ReadingDecoder;
import dev.darkroom.internal.http.HttpCall;
import dev.darkroom.internal.http.HttpFailure;
import dev.darkroom.internal.http.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Around the fourth step: follows a call to its end where its answer names a {@link Reading.Handle} and does not hold all. What
 * is asked then costs nothing, passes no gate and is never the call itself; from the handle on, nothing of it is tried again.
 * Where no answer names one, this does nothing but look once, at a failure.
 *
 * <p>Belongs to one subscription, whose attempts follow each other. It is closed when that ends, in whatever way; if it was
 * cancelled, the gateway is told so once, and nobody waits for that. The hard case is a payload that breaks off in the midst: what
 * the dialect made of the half of it is not what is asked on from; the decoder sees to that.
 */
final class Follow {

    /** For telling the gateway that nobody waits any more. */
    private static final Duration CANCEL = Duration.ofSeconds(5);

    private final Settings settings;
    private final Transport transport;
    private final FailureTranslator translator;
    private final Send send;
    private final Deadline deadline;
    private final Clock clock;
    private final GenerationLog log;
    /** Told once nothing may be tried again. */
    private final Runnable begun;

    private volatile @Nullable Attempt attempt;

    Follow(
            Settings settings,
            Transport transport,
            FailureTranslator translator,
            Deadline deadline,
            Clock clock,
            GenerationLog log,
            Runnable begun) {
        this.settings = settings;
        this.transport = transport;
        this.translator = translator;
        this.send = new Send(settings, transport, translator, clock);
        this.deadline = deadline;
        this.clock = clock;
        this.log = log;
        this.begun = begun;
    }

    /**
     * One attempt, to its end.
     *
     * @param decoders makes the decoder of the first good answer; on the event loop
     */
    Flux<ImageEvent> attempt(Prepared prepared, KeyedPermit permit, Function<Reply, ReadingDecoder> decoders) {
        var sent = new Attempt(prepared.request().headers(), permit.key());
        attempt = sent;
        return send.attempt(
                prepared, permit, deadline, sent.asking::watch, reply -> sent.reads(decoders.apply(reply)), sent::rest);
    }

    /**
     * The rest of what somebody else began.
     *
     * @param before what stands before the first answer, and names by what is asked
     */
    Flux<ImageEvent> resumed(String key, ReadingDecoder before) {
        var begunBefore = new Attempt(Map.of(), key);
        attempt = begunBefore;
        return begunBefore.resumed(before);
    }

    /** Nobody waits any more. */
    void close() {
        var last = attempt;
        if (last != null) {
            last.leave();
        }
    }

    /** The call and what is asked after it. Its signals follow each other; a cancellation may come from another thread. */
    private final class Attempt {

        private final Map<String, String> headers;
        private final Asking asking = new Asking(
                settings.timeouts(),
                deadline,
                new Backoff(),
                clock,
                settings.access().keyMayChange());
        private volatile String key;
        private volatile @Nullable ReadingDecoder decoder;
        private volatile Reading.@Nullable Handle handle;
        private volatile boolean over;
        private @Nullable ImageException verdict;
        private PartialResult arrived = PartialResult.NOTHING;
        private boolean answered;

        Attempt(Map<String, String> headers, String key) {
            this.headers = headers;
            this.key = key;
        }

        ReadingDecoder reads(ReadingDecoder made) {
            decoder = made;
            answered = true;
            return made;
        }

        /** What comes after the answer to the call itself. */
        Flux<ImageEvent> rest(Throwable failure) {
            var read = decoder;
            if (read == null || read.handle() == null) {
                over = true;
                return Flux.error(failure);
            }
            begun.run();
            return next(failure).flux().thenMany(asked());
        }

        Flux<ImageEvent> resumed(ReadingDecoder before) {
            decoder = before;
            handle = before.handle();
            return asked();
        }

        private Flux<ImageEvent> asked() {
            return Flux.defer(this::ask)
                    .retryWhen(Retry.from(
                            signals -> signals.map(Retry.RetrySignal::failure).concatMap(this::next, 1)));
        }

        /** Waits for the next ask; or the failure that is told. */
        private Mono<Long> next(Throwable failure) {
            asking.ended();
            var before = handle;
            var now = answered ? Objects.requireNonNull(decoder).handle() : before;
            if (now == null || !(failure instanceof ImageException told) || isLastWord(told)) {
                over = true;
                return Mono.error(failure);
            }
            keep(told);
            handle = now;
            try {
                return waited(told, before, now);
            } catch (Throwable e) { // the dialect's, whoever wrote it
                return end(translator.unanswered(e, id(now), arrived));
            }
        }

        private Mono<Long> waited(ImageException told, Reading.@Nullable Handle before, Reading.Handle now) {
            var other = before == null || !before.ask().path().equals(now.ask().path());
            var moved = answered && other;
            if (moved) {
                asking.news();
            }
            var whole = answered && Objects.requireNonNull(decoder).isUndecided();
            var pause = moved || whole ? asking.again(now, !other) : asking.afterFailure(told);
            if (pause == null) {
                handle = isRefusedThisWay(told) ? now.otherwise().orElse(null) : null;
                return handle == null ? end(translator.unanswered(told, id(now), arrived)) : Mono.just(0L);
            }
            var wait = asking.fitting(pause, !whole && told.retryAt() != null);
            if (wait == null) {
                tell(now);
                return end(translator.outOfTime(told, asking.limit(), id(now), arrived));
            }
            log.asks(wait);
            return wait.isZero()
                    ? Mono.just(0L)
                    : transport
                            .untilDisposed(Mono.delay(wait, clock.scheduler()).flux())
                            .next()
                            .onErrorMap(e -> translator.unanswered(e, id(now), arrived));
        }

        /** Not for its key, with which another way would fare no better. */
        private static boolean isRefusedThisWay(ImageException told) {
            return told instanceof RejectedException refused
                    && refused.reason() != RejectedException.Reason.CREDENTIALS;
        }

        private static @Nullable String id(Reading.Handle known) {
            try {
                return known.id();
            } catch (Throwable e) { // there is a failure to tell, with or without it
                return null;
            }
        }

        private Mono<Long> end(ImageException failure) {
            over = true;
            return Mono.error(failure);
        }

        /** What the gateway said of the generation, and not of the asking; or what asking again would only meet again. */
        private boolean isLastWord(ImageException told) {
            return told == verdict
                    || (answered && !(told instanceof OutcomeUnknownException))
                    || told.reason() == OutcomeUnknownException.Reason.TOO_LARGE;
        }

        private void keep(ImageException told) {
            var part = told.partialResult();
            if (part.lastPartial() != null || !part.images().isEmpty()) {
                arrived = part;
            }
        }

        private Flux<ImageEvent> ask() {
            answered = false;
            verdict = null;
            var asked = Objects.requireNonNull(handle);
            return key().flatMapMany(now -> {
                        key = now;
                        return send.ask(
                                written(asked::ask),
                                asking.ofOne(),
                                asking::watch,
                                reply -> reads(Objects.requireNonNull(decoder)
                                        .goOn(
                                                reply.header("content-type"),
                                                Objects.requireNonNull(asked.reading(reply), "no reading"))),
                                (reply, body) -> refused(asked, reply, body));
                    })
                    .doOnNext(event -> asking.news());
        }

        /** A key that cannot be had now may be the one there was. */
        private Mono<String> key() {
            return transport
                    .untilDisposed(
                            settings.access().currentKey().onErrorReturn(key).flux())
                    .onErrorMap(HttpFailure.class, translator::unreached)
                    .singleOrEmpty();
        }

        private HttpCall written(Supplier<ApiCall> call) {
            var dialect = "the dialect of " + translator.gateway();
            return settings.access().call(UserCode.asked(dialect, call), headers, key);
        }

        private ImageException refused(Reading.Handle asked, Reply reply, byte[] body) {
            verdict = Objects.requireNonNullElse(asked.verdict(reply, body), Optional.<ImageException>empty())
                    .orElse(null);
            var last = verdict;
            return last != null ? last : translator.refused(reply, body);
        }

        /** If it is left in the midst, the gateway is told. */
        void leave() {
            var read = decoder;
            if (over || read == null) {
                return;
            }
            over = true;
            var named = read.handle();
            if (named != null) {
                tell(named);
            }
        }

        private void tell(Reading.Handle known) {
            try {
                known.cancel().ifPresent(call -> cancelOnServer(written(() -> call)));
            } catch (Throwable e) { // the dialect's; there is nobody left to tell
            }
        }

        private void cancelOnServer(HttpCall call) {
            var timeouts = settings.timeouts().firstByte(CANCEL).silence(CANCEL).total(CANCEL);
            transport
                    .<Object>exchange(
                            call,
                            timeouts,
                            reply -> new RefusalDecoder<>(body -> translator.refused(reply, body), true))
                    .subscribe(nothing -> {}, log::notCancelled);
        }
    }
}
