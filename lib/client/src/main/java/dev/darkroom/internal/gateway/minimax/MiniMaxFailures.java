package dev.darkroom.internal.gateway.minimax;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;
import dev.darkroom.internal.gateway.common.Fields;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What MiniMax's refusals and failures mean: by the common table, with three rules of its own. An error event says in
 * {@code error.http_code} which status it would have had. What is wrong often has no type of its own, but a number, at the end
 * of the sentence or in {@code base_resp.status_code}. And since what was begun is finished and billed, whoever waits, a 503
 * counts as a refusal only if MiniMax says it itself.
 *
 * @see <a href="https://platform.minimax.io/docs/api-reference/image-generation-h3-streaming">MiniMax streaming events</a>
 * @see <a href="https://platform.minimax.io/docs/api-reference/errorcode">MiniMax error codes</a>
 */
final class MiniMaxFailures implements ErrorRules {

    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("(?s).*\\(([0-9]{4})\\)\\s*");

    private static final Map<String, Reason> REFUSALS = Map.of(
            "1004", Reason.CREDENTIALS,
            "2049", Reason.CREDENTIALS,
            "1008", Reason.CREDITS,
            "1026", Reason.MODERATION,
            "1027", Reason.MODERATION,
            "2013", Reason.REQUEST);

    private static final Pattern RATE = Pattern.compile("1002|1039");

    @Override
    public boolean finishesWhatItBegan() {
        return true;
    }

    @Override
    public @Nullable ImageException meaning(Failure failure) {
        var number = failure.status() < 500 ? number(failure) : "";
        var reason = REFUSALS.get(number);
        if (reason != null) {
            return reason == Reason.REQUEST && failure.status() > 0 ? null : failure.rejected(reason);
        }
        return RATE.matcher(number).matches() ? failure.rateLimited() : null;
    }

    private static String number(Failure failure) {
        var code = Fields.word(failure.error().body().path("base_resp"), "status_code");
        if (code != null) {
            return code;
        }
        var end = NUMBER_AT_THE_END.matcher(failure.message() == null ? "" : failure.message());
        return end.matches() ? end.group(1) : "";
    }

    @Override
    public Billed billed(boolean begun, int made) {
        if (made > 0) {
            return Billed.YES;
        }
        return begun ? Billed.NO : Billed.UNKNOWN;
    }
}
