package dev.darkroom.internal.call;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.RateLimitedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Says at debug level what became of each attempt of one generation, and of its downloads: {@code logging.level.dev.darkroom=debug}.
 * Gateway, model, status, ids, times and sizes; never a key, a prompt, an image, the words of a gateway or more of a URL than its host.
 * Costs a question where nobody listens. Called on whatever thread an event comes.
 */
final class GenerationLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.darkroom.generation");
    private static final int LONGEST_NAME = 100;

    private final String who;
    private final Clock clock;
    private final AtomicInteger attempts = new AtomicInteger();

    GenerationLog(String gateway, String model, Clock clock) {
        this.who = LOG.isDebugEnabled() ? clean(gateway) + ", " + clean(model) : "";
        this.clock = clock;
    }

    /** The attempt, talked about if anybody listens. */
    Flux<ImageEvent> watched(Flux<ImageEvent> attempt) {
        return LOG.isDebugEnabled()
                ? Flux.defer(() -> told(attempt, attempts.incrementAndGet(), clock.nanos()))
                : attempt;
    }

    private Flux<ImageEvent> told(Flux<ImageEvent> attempt, int number, long since) {
        return attempt.doOnSubscribe(sent -> LOG.debug("{}: attempt {} leaves", who, number))
                .doOnNext(event -> {
                    if (event instanceof ImageEvent.Completed completed) {
                        completed(completed.result(), number, since);
                    }
                })
                .doOnError(failure -> failed(failure, number, since))
                .doOnCancel(() -> LOG.debug("{}: attempt {} is cancelled after {} ms", who, number, millis(since)));
    }

    /** The gateway has named a handle, and is asked for the rest. */
    void asks(Duration wait) {
        LOG.debug("{}: is asked for the rest in {} ms", who, wait.toMillis());
    }

    /** Nobody waits for it any more, and the gateway could not be told so. */
    void notCancelled(Throwable failure) {
        LOG.debug("{}: was not told that nobody waits ({})", who, what(failure));
    }

    private void completed(ImageResult result, int number, long since) {
        LOG.debug(
                "{}: attempt {} is answered after {} ms with {} images, {} failed ({})",
                who,
                number,
                millis(since),
                result.images().size(),
                result.failures().size(),
                id(result.generationId()));
    }

    private void failed(Throwable failure, int number, long since) {
        if (failure instanceof RateLimitedException refused) {
            LOG.debug(
                    "{}: attempt {} is refused after {} ms, status {}, not again before {}",
                    who,
                    number,
                    millis(since),
                    refused.status(),
                    refused.retryAt());
        } else {
            LOG.debug(
                    "{}: attempt {} fails after {} ms, {} ({})",
                    who,
                    number,
                    millis(since),
                    what(failure),
                    failure instanceof ImageException known ? id(known.details().generationId()) : "no id");
        }
    }

    /** Ours says nothing that a log must not have; what somebody else's says, nobody knows. */
    private static String what(Throwable failure) {
        var type = failure.getClass().getSimpleName();
        return failure instanceof ImageException known
                ? type + ", status " + known.status() + ": " + clean(String.valueOf(known.getMessage()))
                : type;
    }

    /** A URL image is here, or cannot be had. */
    static void fetched(GeneratedImage image) {
        if (LOG.isDebugEnabled()) {
            var url = image.url();
            var failure = image.downloadFailure();
            LOG.debug(
                    "image {} from {}: {}",
                    image.index(),
                    url == null ? "nowhere" : clean(String.valueOf(url.getHost())),
                    failure == null
                            ? image.size() + " bytes"
                            : failure.getClass().getSimpleName());
        }
    }

    private long millis(long since) {
        return clock.since(since).toMillis();
    }

    private static String id(@Nullable String generation) {
        return generation == null ? "no id" : clean(generation);
    }

    /** On one line, whatever somebody wrote there. */
    private static String clean(String name) {
        var line = name.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
    }
}
