package dev.darkroom.dialect;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Salvage;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.wire.Payload;

/**
 * What OpenAI's refusals and failures mean: by the common table, with three rules of its own.
 *
 * <ul>
 *   <li>{@code x-should-retry: false} makes a refusal final: a 429 means that the quota is spent.
 *   <li>{@code x-should-retry: true} makes a 4xx one that is over in a while, for nothing was made. It does not make a
 *       failed generation retryable: that one may be billed.
 *   <li>An error event names its kind and no status; the kind stands for one.
 * </ul>
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI error codes</a>
 */
final class OpenAiFailures {

    private static final String SHOULD_RETRY = "x-should-retry";

    private OpenAiFailures() {}

    /** The meaning of an answer without success. */
    static ImageException of(Origin origin, byte[] body) {
        var error = ErrorBody.of(body);
        var failure = error.failure(origin, origin.reply().status());
        var meaning = StatusTable.byStatus(failure, error.isSpoken(), null);
        var wish = origin.reply().header(SHOULD_RETRY);
        var retryable = meaning instanceof RateLimitedException || meaning instanceof UnavailableException;
        if ("false".equals(wish) && retryable) {
            return failure.status() == 429
                    ? failure.rejected(Reason.CREDITS)
                    : failure.failed(Billed.UNKNOWN, Salvage.NOTHING);
        }
        var refused = meaning instanceof RejectedException && failure.status() >= 400;
        return "true".equals(wish) && refused ? failure.notTaken(null) : meaning;
    }

    /** The meaning of an error inside a 200. */
    static ImageException inBand(Origin origin, Payload payload, boolean begun, Salvage salvage) {
        var error = ErrorBody.of(payload);
        var status = error.status() == 0 ? FailureWords.status(error.words()) : error.status();
        var failure = error.failure(origin, status);
        if (begun) {
            return StatusTable.after(failure, salvage, salvage.images().isEmpty() ? Billed.UNKNOWN : Billed.YES);
        }
        return StatusTable.before(failure, null, () -> StatusTable.byStatus(failure, true, null), Billed.UNKNOWN);
    }
}
