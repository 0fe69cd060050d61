package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException.Reason;

/**
 * What a failure means where its gateway has no rule of its own.
 *
 * <table>
 * <caption>From what the gateway says to the exception</caption>
 * <tr><th>status</th><th>exception</th></tr>
 * <tr><td>301, 302, 307, 308 with a place to go to</td><td>Rejected: request; redirects are not followed</td></tr>
 * <tr><td>400, 405, 409, 412, 415, 421, 422, 425, …</td><td>Rejected: request, or what its words say</td></tr>
 * <tr><td>401</td><td>Rejected: credentials</td></tr>
 * <tr><td>402</td><td>Rejected: credits</td></tr>
 * <tr><td>403</td><td>Rejected: forbidden, or what its words say</td></tr>
 * <tr><td>404</td><td>Rejected: not found</td></tr>
 * <tr><td>413</td><td>Rejected: too large</td></tr>
 * <tr><td>429</td><td>rate limited, whoever says it; Rejected: credits if its words say that the quota is spent for good</td></tr>
 * <tr><td>503, 529, by the gateway's own words or with a {@code Retry-After}</td><td>rate limited with a hint, otherwise
 *     unavailable</td></tr>
 * <tr><td>500, 501, 502, … by the gateway's own words</td><td>generation failed, billing unknown</td></tr>
 * <tr><td>any of 500 and more in other words or none</td><td>outcome unknown: what stands before the gateway does not know what
 *     it has begun</td></tr>
 * <tr><td>408, 460, 499, 504, 520 to 527, 598, 599</td><td>outcome unknown: somebody gave up waiting, the provider may not
 *     have</td></tr>
 * <tr><td>anything else, 303 among them, which says that it was done</td><td>outcome unknown</td></tr>
 * <tr><td>inside a 200, before anything was said of an image</td><td>as above, but what is neither a refusal nor a rate
 *     limit is a failed generation</td></tr>
 * <tr><td>inside a 200, afterwards</td><td>generation failed, or outcome unknown for a time-out</td></tr>
 * </table>
 */
final class StatusTable {

    private StatusTable() {}

    /** The meaning of an answer without success. */
    static ImageException byStatus(Failure failure) {
        if (failure.isTimeout()) {
            return failure.timedOut(PartialResult.NOTHING);
        }
        return switch (failure.status()) {
            case 301, 302, 307, 308 -> failure.namesAPlace() ? failure.redirected() : failure.senseless();
            case 401 -> failure.rejected(Reason.CREDENTIALS);
            case 402 -> failure.rejected(Reason.CREDITS);
            case 403 -> failure.rejected(said(failure, Reason.FORBIDDEN));
            case 404 -> failure.rejected(Reason.NOT_FOUND);
            case 413 -> failure.rejected(Reason.TOO_LARGE);
            case 429 -> failure.says(FailureWords.SPENT) ? failure.rejected(Reason.CREDITS) : failure.rateLimited();
            case 503, 529 -> failure.isTurnedAway() ? failure.notTaken() : failure.ofSomebodyElse();
            default -> odd(failure);
        };
    }

    private static ImageException odd(Failure failure) {
        if (failure.status() >= 500) {
            return failure.isOwn() ? failure.failed(Billed.UNKNOWN, PartialResult.NOTHING) : failure.ofSomebodyElse();
        }
        return failure.status() >= 400 ? failure.rejected(said(failure, Reason.REQUEST)) : failure.senseless();
    }

    /** The reason that the words give; money and keys are spoken of under any status. */
    private static Reason said(Failure failure, Reason otherwise) {
        if (failure.says(FailureWords.MODERATION)) {
            return Reason.MODERATION;
        }
        if (failure.says(FailureWords.SPENT)) {
            return Reason.CREDITS;
        }
        return failure.says(FailureWords.CREDENTIALS) ? Reason.CREDENTIALS : otherwise;
    }

    /**
     * The meaning of an error inside a 200 before anything was said of an image.
     *
     * @param billed whether a failed generation costs anything
     */
    static ImageException before(Failure failure, Billed billed) {
        if (failure.says(FailureWords.SPENT)) {
            return failure.rejected(Reason.CREDITS);
        }
        if (failure.says(FailureWords.MODERATION)) {
            return failure.rejected(Reason.MODERATION);
        }
        if (failure.status() == 429 || failure.says(FailureWords.RATE)) {
            return failure.rateLimited();
        }
        if (failure.isTimeout()) {
            return failure.timedOut(PartialResult.NOTHING);
        }
        var refused = failure.status() >= 400 && failure.status() < 500;
        return refused ? byStatus(failure) : failure.failed(billed, PartialResult.NOTHING);
    }

    /** The meaning of an error inside a 200 afterwards: the generation was accepted, so it is said of that. */
    static ImageException after(Failure failure, PartialResult partialResult, Billed billed) {
        return failure.isTimeout() ? failure.timedOut(partialResult) : failure.failed(billed, partialResult);
    }
}
