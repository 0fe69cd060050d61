package dev.darkroom.dialect;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.Salvage;
import dev.darkroom.wire.Payload;

/**
 * What MiniMax's refusals and failures mean: by the common table, with two rules of its own. An error event says in
 * {@code error.http_code} which status it would have had. And since what was begun is finished and billed, whoever waits, a
 * 503 counts as a refusal only if MiniMax says it itself.
 *
 * @see <a href="https://platform.minimax.io/docs/api-reference/image-generation-h3-streaming">MiniMax streaming events</a>
 * @see <a href="https://platform.minimax.io/docs/api-reference/errorcode">MiniMax error codes</a>
 */
final class MiniMaxFailures {

    private MiniMaxFailures() {}

    /** The meaning of an answer other than 200. */
    static ImageException of(Origin origin, byte[] body) {
        var error = ErrorBody.of(body);
        var failure = error.failure(origin, origin.reply().status());
        return StatusTable.byStatusWhereDropsAreBilled(failure, error.isSpoken());
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
        return StatusTable.before(
                failure, null, () -> StatusTable.byStatusWhereDropsAreBilled(failure, true), Billed.UNKNOWN);
    }
}
