package dev.darkroom.dialect;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Salvage;
import dev.darkroom.wire.Payload;
import java.util.regex.Pattern;

/**
 * What MiniMax's refusals and failures mean: by the common table, with three rules of its own. An error event says in
 * {@code error.http_code} which status it would have had. A refused prompt or image has no type of its own, but its number at
 * the end of the sentence. And since what was begun is finished and billed, whoever waits, a 503 counts as a refusal only if
 * MiniMax says it itself.
 *
 * @see <a href="https://platform.minimax.io/docs/api-reference/image-generation-h3-streaming">MiniMax streaming events</a>
 * @see <a href="https://platform.minimax.io/docs/api-reference/errorcode">MiniMax error codes</a>
 */
final class MiniMaxFailures {

    /** What came, or what was made, is sensitive. */
    private static final Pattern OFFENSIVE = Pattern.compile("(?s).*\\((?:1026|1027)\\)\\s*");

    private MiniMaxFailures() {}

    /** The meaning of an answer without success. */
    static ImageException of(Origin origin, byte[] body) {
        var error = ErrorBody.of(body);
        var failure = error.failure(origin, origin.reply().status());
        return byStatus(failure, error.isSpoken());
    }

    /** The meaning of an error inside a 200. It carries the usage: what was made before it is billed. */
    static ImageException inBand(Origin origin, Payload payload, boolean begun, Salvage salvage) {
        var error = ErrorBody.of(payload);
        var failure = error.failure(origin, error.status() == 0 ? FailureWords.status(error.words()) : error.status());
        var usage = Usages.read(error.usage());
        var made = usage == null || usage.images() == null ? salvage.images().size() : usage.images();
        if (begun || made > 0) {
            return StatusTable.after(failure, salvage, made > 0 ? Billed.YES : Billed.NO);
        }
        return StatusTable.before(failure, null, () -> byStatus(failure, true), Billed.UNKNOWN);
    }

    private static ImageException byStatus(Failure failure, boolean spoken) {
        var message = failure.message();
        var refused = failure.status() >= 400 && failure.status() < 500;
        return refused && message != null && OFFENSIVE.matcher(message).matches()
                ? failure.rejected(Reason.MODERATION)
                : StatusTable.byStatusWhereDropsAreBilled(failure, spoken);
    }
}
