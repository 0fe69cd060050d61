package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.RetryHint;
import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.UnavailableException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One failure as a gateway told it. What it means is for {@link ErrorRules} and {@link StatusTable} to say; this makes the
 * exception of it, so that messages and details read the same whichever gateway spoke.
 *
 * @param origin who told it
 * @param error in which words
 * @param status the HTTP status, or the one which an error inside a 200 stands for; 0 if none is known
 * @param isOwn whether it is the gateway that speaks, and not what stands before it
 * @param believesHeaders whether a {@code Retry-After} alone says that nothing was begun
 * @param message the gateway's own sentence
 */
public record Failure(
        Origin origin,
        ErrorBody error,
        int status,
        boolean isOwn,
        boolean believesHeaders,
        @Nullable String message) {

    /** What a proxy says of a connection behind it, also when the gateway hands its words on: something may have begun there. */
    private static final Pattern BROKEN_OFF = Pattern.compile(
            "(?is).*(?:upstream (?:connect|request|prematurely)|disconnect"
                    + "|reset (?:before|reason|by)|no healthy upstream|connection (?:was )?(?:reset|closed|terminat|abort|error|fail|lost)"
                    + "|time(?:d)?[ -]?out|hang up|broken pipe|unexpected eof|bad gateway|while processing|invalid response).*");

    public boolean says(Set<String> vocabulary) {
        return error.words().stream().anyMatch(vocabulary::contains);
    }

    public boolean says(Pattern word) {
        return error.words().stream().anyMatch(each -> word.matcher(each).matches());
    }

    /** Somebody gave up waiting; whoever renders may not have. */
    public boolean isTimeout() {
        return switch (status) {
            case 408, 460, 499, 504, 598, 599 -> true;
            default -> (status >= 520 && status <= 527) || error.words().contains("timeout");
        };
    }

    /**
     * Whether it is said that nothing was begun: by the gateway, in its own shape, with a name for it and not in the words of a
     * broken connection; or by a {@code Retry-After}, whoever sends it.
     */
    boolean isTurnedAway() {
        var broken = message != null && BROKEN_OFF.matcher(message).matches();
        return (isOwn && error.isNamed() && !broken) || (believesHeaders && RetryHint.isTold(origin.reply()));
    }

    public RejectedException rejected(Reason reason) {
        var what = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new RejectedException(reason, origin.gateway() + " refused the request: " + what + suffix(), details());
    }

    public RateLimitedException rateLimited() {
        return new RateLimitedException(origin.gateway() + " is rate limiting" + suffix(), details(), retryAt());
    }

    /** With a hint the gateway wants us back at an instant, which is what the gate waits for. */
    public ImageException notTaken() {
        return status == 429 || retryAt() != null
                ? rateLimited()
                : new UnavailableException(
                        origin.gateway() + " did not take the request" + suffix(), details(), null, null);
    }

    public GenerationFailedException failed(Billed billed, PartialResult partialResult) {
        return new GenerationFailedException(
                origin.gateway() + " tried and failed" + suffix(), details(), billed, partialResult);
    }

    OutcomeUnknownException timedOut(PartialResult partialResult) {
        return unknown(
                OutcomeUnknownException.Reason.TIMED_OUT,
                origin.gateway() + ", or what stands before it, gave up waiting for the image" + suffix(),
                partialResult);
    }

    /** What stands before the gateway answered in its place. */
    OutcomeUnknownException ofSomebodyElse() {
        return unknown(
                OutcomeUnknownException.Reason.UNDECODABLE,
                "what stands before " + origin.gateway() + " answered in its place" + suffix()
                        + ", and does not know what became of the request",
                PartialResult.NOTHING);
    }

    /** The status means nothing here. */
    OutcomeUnknownException senseless() {
        return unknown(
                OutcomeUnknownException.Reason.UNDECODABLE,
                origin.gateway() + " answered " + status + ", which means nothing here",
                PartialResult.NOTHING);
    }

    /** Whether it names another place. What has the status of a redirect and names none may be a damaged line of anything. */
    boolean namesAPlace() {
        return isPlace(origin.reply().header("location"));
    }

    private static boolean isPlace(@Nullable String location) {
        try {
            return location != null && !location.isBlank() && new URI(location.strip()) != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Before it is sent to where it points. */
    RejectedException redirected() {
        return new RejectedException(
                Reason.REQUEST,
                origin.gateway() + " redirects (" + status
                        + "), which is not followed: set the base URL to where it points",
                details());
    }

    private OutcomeUnknownException unknown(
            OutcomeUnknownException.Reason reason, String what, PartialResult partialResult) {
        return new OutcomeUnknownException(reason, what, details(), partialResult, null);
    }

    private @Nullable Instant retryAt() {
        return RetryHint.of(origin.reply(), BodyHint.seconds(error.body(), origin.reply()), message);
    }

    private String suffix() {
        return status > 0 ? " (" + status + ")" : "";
    }

    private FailureDetails details() {
        var words = error.words();
        return new FailureDetails(
                status > 0 ? status : origin.reply().status(),
                words.isEmpty() ? error.code() : words.get(0),
                origin.provider(),
                origin.generationId(),
                message);
    }

    /** Neither words nor message: they may quote the prompt. */
    @Override
    public String toString() {
        return "Failure[" + status + "]";
    }
}
