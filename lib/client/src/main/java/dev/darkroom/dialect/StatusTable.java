package dev.darkroom.dialect;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Salvage;
import java.math.BigDecimal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a failure means where its gateway has no rule of its own.
 *
 * <table>
 * <caption>From what the gateway says to the exception</caption>
 * <tr><th>status</th><th>exception</th></tr>
 * <tr><td>300 to 399</td><td>Rejected: request; redirects are not followed</td></tr>
 * <tr><td>400, 405, 409, 412, 415, 422, …</td><td>Rejected: request, or what its words say</td></tr>
 * <tr><td>401</td><td>Rejected: credentials</td></tr>
 * <tr><td>402</td><td>Rejected: credits</td></tr>
 * <tr><td>403</td><td>Rejected: forbidden, or what its words say</td></tr>
 * <tr><td>404</td><td>Rejected: not found</td></tr>
 * <tr><td>413</td><td>Rejected: too large</td></tr>
 * <tr><td>429</td><td>rate limited; Rejected: credits if its words say that the quota is spent for good</td></tr>
 * <tr><td>502</td><td>generation failed, billing unknown; outcome unknown if it is not the gateway that says so</td></tr>
 * <tr><td>503, 529</td><td>rate limited with a hint, otherwise unavailable</td></tr>
 * <tr><td>500, 501, …</td><td>generation failed, billing unknown</td></tr>
 * <tr><td>408, 504, 520 to 527</td><td>outcome unknown: somebody gave up waiting, the provider may not have</td></tr>
 * <tr><td>anything else</td><td>outcome unknown</td></tr>
 * <tr><td>inside a 200, before anything was said of an image</td><td>as above, but what is neither a refusal nor a rate
 *     limit is a failed generation</td></tr>
 * <tr><td>inside a 200, afterwards</td><td>generation failed, or outcome unknown for a time-out</td></tr>
 * </table>
 */
final class StatusTable {

    private StatusTable() {}

    /**
     * The meaning of an answer without success.
     *
     * @param spoken whether the gateway itself speaks, and not what stands before it
     * @param hintSeconds when to come back, as the body says
     */
    static ImageException byStatus(Failure failure, boolean spoken, @Nullable BigDecimal hintSeconds) {
        var status = failure.status();
        if (failure.isTimeout()) {
            return failure.timedOut(Salvage.NOTHING);
        }
        return switch (status) {
            case 401 -> failure.rejected(Reason.CREDENTIALS);
            case 402 -> failure.rejected(Reason.CREDITS);
            case 403 -> failure.rejected(said(failure, Reason.FORBIDDEN));
            case 404 -> failure.rejected(Reason.NOT_FOUND);
            case 413 -> failure.rejected(Reason.TOO_LARGE);
            case 429 ->
                failure.says(FailureWords.SPENT) ? failure.rejected(Reason.CREDITS) : failure.rateLimited(hintSeconds);
            case 502 -> spoken ? failure.failed(Billed.UNKNOWN, Salvage.NOTHING) : failure.timedOut(Salvage.NOTHING);
            case 503, 529 -> failure.notTaken(hintSeconds);
            default -> odd(failure);
        };
    }

    /**
     * The same for a gateway that finishes, and bills, what it has begun, whether or not anybody waits: that it did not take
     * a request is believed only if it says so itself.
     */
    static ImageException byStatusWhereDropsAreBilled(Failure failure, boolean spoken) {
        var turnedAway = failure.status() == 503 || failure.status() == 529;
        return turnedAway && !spoken ? failure.timedOut(Salvage.NOTHING) : byStatus(failure, spoken, null);
    }

    private static ImageException odd(Failure failure) {
        if (failure.status() >= 500) {
            return failure.failed(Billed.UNKNOWN, Salvage.NOTHING);
        }
        if (failure.status() >= 400) {
            return failure.rejected(said(failure, Reason.REQUEST));
        }
        return failure.status() >= 300 ? failure.redirected() : failure.senseless();
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
     * @param refusal the meaning by status, for one that stands for a refusal
     * @param billed whether a failed generation costs anything
     */
    static ImageException before(
            Failure failure, @Nullable BigDecimal hintSeconds, Supplier<ImageException> refusal, Billed billed) {
        if (failure.says(FailureWords.SPENT)) {
            return failure.rejected(Reason.CREDITS);
        }
        if (failure.says(FailureWords.MODERATION)) {
            return failure.rejected(Reason.MODERATION);
        }
        if (failure.status() == 429 || failure.says(FailureWords.RATE)) {
            return failure.rateLimited(hintSeconds);
        }
        if (failure.isTimeout()) {
            return failure.timedOut(Salvage.NOTHING);
        }
        var refused = failure.status() >= 400 && failure.status() < 500;
        return refused ? refusal.get() : failure.failed(billed, Salvage.NOTHING);
    }

    /** The meaning of an error inside a 200 afterwards: the generation was accepted, so it is said of that. */
    static ImageException after(Failure failure, Salvage salvage, Billed billed) {
        return failure.isTimeout() ? failure.timedOut(salvage) : failure.failed(billed, salvage);
    }
}
