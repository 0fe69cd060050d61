package dev.darkroom.dialect;

import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Salvage;
import dev.darkroom.image.UnavailableException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One failure as a gateway told it. What it means is for the dialect's table to say; this makes the exception of it, so
 * that messages and details read the same whichever gateway spoke.
 *
 * @param origin who told it
 * @param status the HTTP status, or the one which an error inside a 200 stands for; 0 if none is known
 * @param words what it is called, the most telling first
 * @param code the gateway's own word or number for it
 * @param message the gateway's own sentence
 */
record Failure(
        Origin origin,
        int status,
        List<String> words,
        @Nullable String code,
        @Nullable String message) {

    boolean says(Set<String> vocabulary) {
        return words.stream().anyMatch(vocabulary::contains);
    }

    /** Somebody gave up waiting; whoever renders may not have. */
    boolean isTimeout() {
        return status == 408 || status == 504 || (status >= 520 && status <= 527) || words.contains("timeout");
    }

    RejectedException rejected(Reason reason) {
        var what = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new RejectedException(reason, origin.gateway() + " refused the request: " + what + suffix(), details());
    }

    RateLimitedException rateLimited(@Nullable BigDecimal hintSeconds) {
        return new RateLimitedException(
                origin.gateway() + " is rate limiting" + suffix(), details(), retryAt(hintSeconds));
    }

    /** With a hint the gateway wants us back at an instant, which is what the gate waits for. */
    ImageException notTaken(@Nullable BigDecimal hintSeconds) {
        return status == 429 || retryAt(hintSeconds) != null
                ? rateLimited(hintSeconds)
                : new UnavailableException(
                        origin.gateway() + " did not take the request" + suffix(), details(), null, null);
    }

    GenerationFailedException failed(Billed billed, Salvage salvage) {
        return new GenerationFailedException(
                origin.gateway() + " tried and failed" + suffix(), details(), billed, salvage);
    }

    OutcomeUnknownException timedOut(Salvage salvage) {
        return new OutcomeUnknownException(
                OutcomeUnknownException.Reason.TIMED_OUT,
                origin.gateway() + ", or what stands before it, gave up waiting for the image" + suffix(),
                details(),
                salvage,
                null);
    }

    /** What stands before the gateway answered in its place, or the status means nothing here. */
    OutcomeUnknownException senseless() {
        return new OutcomeUnknownException(
                OutcomeUnknownException.Reason.UNDECODABLE,
                origin.gateway() + " answered " + status + ", which means nothing here",
                details(),
                Salvage.NOTHING,
                null);
    }

    /** A status of 300 to 399. */
    RejectedException redirected() {
        return new RejectedException(
                Reason.REQUEST,
                origin.gateway() + " redirects (" + status
                        + "), which is not followed: set the base URL to where it points",
                details());
    }

    private @Nullable Instant retryAt(@Nullable BigDecimal hintSeconds) {
        return RetryHint.of(origin.reply(), hintSeconds, message);
    }

    private String suffix() {
        return status > 0 ? " (" + status + ")" : "";
    }

    private FailureDetails details() {
        return new FailureDetails(
                status > 0 ? status : origin.reply().status(),
                words.isEmpty() ? code : words.get(0),
                origin.provider(),
                origin.generationId(),
                message);
    }
}
