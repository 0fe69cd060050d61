package dev.darkroom.internal.gateway.openai;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;

/**
 * What OpenAI's refusals and failures mean: by the common table, with two rules of its own.
 *
 * <ul>
 *   <li>{@code x-should-retry: false} makes a refusal final: a 429 means that the quota is spent.
 *   <li>{@code x-should-retry: true}, which nobody else sends, makes a 4xx one that is over in a while, for nothing was made.
 *       It does not make a failed generation retryable: that one may be billed.
 * </ul>
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI error codes</a>
 */
final class OpenAiFailures implements ErrorRules {

    private static final String SHOULD_RETRY = "x-should-retry";

    @Override
    public ImageException revised(Failure failure, ImageException meaning) {
        var wish = failure.origin().reply().header(SHOULD_RETRY);
        var retryable = meaning != null && meaning.outcome().isRetryable();
        if ("false".equals(wish) && retryable) {
            return failure.status() == 429
                    ? failure.rejected(Reason.CREDITS)
                    : failure.failed(Billed.UNKNOWN, PartialResult.NOTHING);
        }
        var refused = meaning instanceof RejectedException && failure.status() >= 400;
        return "true".equals(wish) && refused ? failure.notTaken() : meaning;
    }
}
