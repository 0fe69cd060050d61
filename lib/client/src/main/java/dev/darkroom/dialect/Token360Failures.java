package dev.darkroom.dialect;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Salvage;
import dev.darkroom.wire.Payload;
import java.util.Set;

/**
 * What token360's refusals and failures mean: by the common table, after the type of the error. Its {@code code} is a text, and
 * often nothing but the status.
 *
 * <table>
 * <caption>Types that count before the status</caption>
 * <tr><th>type</th><th>exception</th></tr>
 * <tr><td>insufficient_balance</td><td>Rejected: credits</td></tr>
 * <tr><td>invalid_api_key</td><td>Rejected: credentials</td></tr>
 * <tr><td>api_key_frozen, model_access_denied</td><td>Rejected: forbidden</td></tr>
 * <tr><td>model_not_found, not_found_error</td><td>Rejected: not found</td></tr>
 * </table>
 *
 * @see <a href="https://www.token360.ai/en-US/docs/api-reference/error-handling">token360, error handling</a>
 */
final class Token360Failures {

    private static final Set<String> FORBIDDEN = Set.of("api_key_frozen", "model_access_denied");
    private static final Set<String> UNKNOWN = Set.of("model_not_found", "not_found_error");

    private Token360Failures() {}

    /** The meaning of an answer without success. */
    static ImageException of(Origin origin, byte[] body) {
        var error = ErrorBody.of(body);
        return byType(error.failure(origin, origin.reply().status()), error.isSpoken());
    }

    /** The meaning of an error inside a 200. */
    static ImageException inBand(Origin origin, Payload payload, boolean begun, Salvage salvage) {
        var error = ErrorBody.of(payload);
        var status = error.status() == 0 ? FailureWords.status(error.words()) : error.status();
        var failure = error.failure(origin, status);
        if (begun) {
            return StatusTable.after(failure, salvage, Billed.UNKNOWN);
        }
        return failure.says(FORBIDDEN) || failure.says(UNKNOWN)
                ? byType(failure, true)
                : StatusTable.before(failure, null, () -> byType(failure, true), Billed.UNKNOWN);
    }

    private static ImageException byType(Failure failure, boolean spoken) {
        if (failure.says(FailureWords.SPENT)) {
            return failure.rejected(Reason.CREDITS);
        }
        if (failure.says(FailureWords.CREDENTIALS)) {
            return failure.rejected(Reason.CREDENTIALS);
        }
        if (failure.says(FORBIDDEN)) {
            return failure.rejected(Reason.FORBIDDEN);
        }
        return failure.says(UNKNOWN) ? failure.rejected(Reason.NOT_FOUND) : StatusTable.byStatus(failure, spoken, null);
    }
}
