package dev.darkroom.internal.gateway.token360;

import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;
import dev.darkroom.internal.gateway.common.FailureWords;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
final class Token360Failures implements ErrorRules {

    private static final Set<String> FORBIDDEN = Set.of("api_key_frozen", "model_access_denied");
    private static final Set<String> UNKNOWN = Set.of("model_not_found", "not_found_error");

    @Override
    public @Nullable ImageException meaning(Failure failure) {
        if (failure.says(FailureWords.SPENT)) {
            return failure.rejected(Reason.CREDITS);
        }
        if (failure.says(FailureWords.CREDENTIALS)) {
            return failure.rejected(Reason.CREDENTIALS);
        }
        if (failure.says(FORBIDDEN)) {
            return failure.rejected(Reason.FORBIDDEN);
        }
        return failure.says(UNKNOWN) ? failure.rejected(Reason.NOT_FOUND) : null;
    }
}
