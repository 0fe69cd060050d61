package dev.darkroom.internal.gateway.myrouter;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.internal.gateway.common.ErrorBody;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What myrouter's refusals and failures mean: by the {@code reason} in the flat body, which says more than the status, and
 * otherwise by the common table.
 *
 * <table>
 * <caption>Reasons that count before the status</caption>
 * <tr><th>reason</th><th>exception</th></tr>
 * <tr><td>BILLING_BALANCE_NOT_ENOUGH, NOT_ENOUGH_BALANCE, BILLING_AUTH_FAILED</td><td>Rejected: credits</td></tr>
 * <tr><td>INVALID_API_KEY, MISSING_API_KEY, FAILED_TO_AUTH</td><td>Rejected: credentials</td></tr>
 * <tr><td>ILLEGAL_PROMPT, ILLEGAL_IMAGE_CONTENT</td><td>Rejected: moderation</td></tr>
 * <tr><td>IMAGE_FILE_EXCEEDS_MAX_SIZE, IMAGE_EXCEEDS_MAX_RESOLUTION</td><td>Rejected: too large</td></tr>
 * <tr><td>RATE_LIMIT_EXCEEDED, TOKEN_LIMIT_EXCEEDED</td><td>rate limited</td></tr>
 * <tr><td>BILLING_FAILED, CREATE_TASK_FAILED</td><td>generation failed, not billed</td></tr>
 * <tr><td>TASK_FAILED</td><td>generation failed, billing unknown</td></tr>
 * </table>
 *
 * @see <a href="https://novita.ai/docs/llms-full.txt">Error codes of the family for images</a>
 * @see <a href="https://docs.jiekou.ai/docs/support/reference-error-code">Error codes of the family</a>
 */
final class MyRouterFailures implements ErrorRules {

    private static final Map<String, Reason> REFUSALS = Map.of(
            "BILLING_BALANCE_NOT_ENOUGH", Reason.CREDITS,
            "NOT_ENOUGH_BALANCE", Reason.CREDITS,
            "BILLING_AUTH_FAILED", Reason.CREDITS,
            "INVALID_API_KEY", Reason.CREDENTIALS,
            "MISSING_API_KEY", Reason.CREDENTIALS,
            "FAILED_TO_AUTH", Reason.CREDENTIALS,
            "ILLEGAL_PROMPT", Reason.MODERATION,
            "ILLEGAL_IMAGE_CONTENT", Reason.MODERATION,
            "IMAGE_FILE_EXCEEDS_MAX_SIZE", Reason.TOO_LARGE,
            "IMAGE_EXCEEDS_MAX_RESOLUTION", Reason.TOO_LARGE);

    private static final Set<String> RATE = Set.of("RATE_LIMIT_EXCEEDED", "TOKEN_LIMIT_EXCEEDED");
    private static final Set<String> FREE = Set.of("BILLING_FAILED", "CREATE_TASK_FAILED");

    /** Its errors lie flat, and are called by a reason. */
    @Override
    public boolean isOwn(ErrorBody error) {
        return error.isFlat();
    }

    @Override
    public @Nullable ImageException meaning(Failure failure) {
        if (failure.says(RATE)) {
            return failure.rateLimited();
        }
        if (failure.says(FREE)) {
            return failure.failed(Billed.NO, PartialResult.NOTHING);
        }
        return failure.error().words().stream()
                .filter(REFUSALS::containsKey)
                .map(word -> failure.rejected(REFUSALS.getOrDefault(word, Reason.REQUEST)))
                .findFirst()
                .orElse(null);
    }
}
