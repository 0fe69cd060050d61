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

    /** A word or a short number: nothing that could be a sentence, a key or an id of an account. */
    private static final Pattern CODE = Pattern.compile("(?=.{1,64}$)[A-Za-z]+(?:[._-][A-Za-z]+)*|[0-9]{1,6}");

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
        var why = reason == Reason.REQUEST
                ? ""
                : " (" + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
        return new RejectedException(
                reason, origin.gateway() + " rejected the request" + statusAndCode() + why, details());
    }

    public RateLimitedException rateLimited() {
        var until = retryAt();
        return new RateLimitedException(
                origin.gateway() + " rate limited the request" + statusAndCode()
                        + (until == null ? "" : ", retry at " + until),
                details(),
                until);
    }

    /** With a hint the gateway wants us back at an instant, which is what the gate waits for. */
    public ImageException notTaken() {
        return status == 429 || retryAt() != null
                ? rateLimited()
                : new UnavailableException(
                        origin.gateway() + " is unavailable and did not accept the request" + statusAndCode(),
                        details(),
                        null,
                        null);
    }

    public GenerationFailedException failed(Billed billed, PartialResult partialResult) {
        return new GenerationFailedException(
                origin.gateway() + " failed to generate the image" + statusAndCode(), details(), billed, partialResult);
    }

    public OutcomeUnknownException timedOut(PartialResult partialResult) {
        return unknown(
                OutcomeUnknownException.Reason.TIMED_OUT,
                origin.gateway() + ", or a proxy before it, timed out while waiting for the image" + statusAndCode(),
                partialResult);
    }

    /** What stands before the gateway answered in its place. */
    OutcomeUnknownException ofSomebodyElse() {
        return unknown(
                OutcomeUnknownException.Reason.UNDECODABLE,
                "a proxy answered instead of " + origin.gateway() + statusAndCode()
                        + "; whether the request was processed is unknown",
                PartialResult.NOTHING);
    }

    /** The status means nothing here. */
    OutcomeUnknownException senseless() {
        return unknown(
                OutcomeUnknownException.Reason.UNDECODABLE,
                origin.gateway() + " answered with an unexpected status: " + status,
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
                origin.gateway() + " answered with a redirect (" + status
                        + "), and redirects are not followed: set the base URL to where it points",
                details());
    }

    private OutcomeUnknownException unknown(
            OutcomeUnknownException.Reason reason, String what, PartialResult partialResult) {
        return new OutcomeUnknownException(reason, what, details(), partialResult, null);
    }

    private @Nullable Instant retryAt() {
        return RetryHint.of(origin.reply(), BodyHint.seconds(error.body(), origin.reply()), message);
    }

    /** For people who search for it: {@code : 400 invalid_value}. A code of the gateway's stands there only if it is a word. */
    private String statusAndCode() {
        var code = code();
        var isWord = code != null
                && !code.equals(String.valueOf(status))
                && CODE.matcher(code).matches();
        var said = (status > 0 ? " " + status : "") + (isWord ? " " + code : "");
        return said.isEmpty() ? "" : ":" + said;
    }

    private @Nullable String code() {
        var words = error.words();
        return words.isEmpty() ? error.code() : words.get(0);
    }

    private FailureDetails details() {
        return new FailureDetails(
                status > 0 ? status : origin.reply().status(),
                code(),
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
