package dev.darkroom.internal.gateway.ark;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.internal.gateway.common.ErrorBody;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;
import dev.darkroom.internal.gateway.common.FailureWords;
import dev.darkroom.internal.gateway.common.Origin;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Ark's refusals and failures mean: by the common table, after its own words, which are code names with a dot between
 * the general and the special ({@code RateLimitExceeded.EndpointRPMExceeded}).
 *
 * <table>
 * <caption>Words that count before the status</caption>
 * <tr><th>word</th><th>exception</th></tr>
 * <tr><td>…SensitiveContentDetected…, …RiskDetection…</td><td>Rejected: moderation</td></tr>
 * <tr><td>AccountOverdueError, ….ServiceOverdue, SetLimitExceeded, QuotaExceeded</td><td>Rejected: credits</td></tr>
 * <tr><td>503, not said by Ark itself</td><td>outcome unknown: what was begun is finished and billed</td></tr>
 * <tr><td>500, said by Ark itself</td><td>generation failed, not billed: an error of the whole means that nothing was
 *     made</td></tr>
 * <tr><td>inside a 200</td><td>by the status that its word stands for; after an image, generation failed, and the image is
 *     billed</td></tr>
 * </table>
 *
 * @see <a href="https://docs.byteplus.com/en/docs/ModelArk/1299023">ModelArk error codes</a>
 */
final class ArkFailures implements ErrorRules {

    private static final Pattern OFFENSIVE = Pattern.compile(".*(?:SensitiveContentDetected|RiskDetection).*");
    private static final Pattern SPENT =
            Pattern.compile("AccountOverdueError|.*\\.ServiceOverdue|SetLimitExceeded|QuotaExceeded");
    private static final Pattern LIMITED = Pattern.compile("\\w*RateLimitExceeded|InflightBatchsizeExceeded");
    private static final Pattern REQUEST_ID = Pattern.compile("(?i)request id: ?([a-z0-9-]{8,100})");

    /** What the first part of a word stands for, where no status does. */
    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry("BadRequest", 400),
            Map.entry("MissingParameter", 400),
            Map.entry("InvalidParameter", 400),
            Map.entry("InvalidEndpoint", 400),
            Map.entry("Unauthorized", 401),
            Map.entry("AuthenticationError", 401),
            Map.entry("InvalidAccountStatus", 401),
            Map.entry("Forbidden", 403),
            Map.entry("AccessDenied", 403),
            Map.entry("OperationDenied", 403),
            Map.entry("NotFound", 404),
            Map.entry("ModelNotOpen", 404),
            Map.entry("InvalidEndpointOrModel", 404),
            Map.entry("UnsupportedModel", 404),
            Map.entry("TooManyRequests", 429),
            Map.entry("ServerOverloaded", 429),
            Map.entry("RequestBurstTooFast", 429));

    @Override
    public boolean finishesWhatItBegan() {
        return true;
    }

    @Override
    public @Nullable ImageException meaning(Failure failure) {
        if (failure.says(OFFENSIVE)) {
            return failure.rejected(Reason.MODERATION);
        }
        if (failure.says(SPENT)) {
            return failure.rejected(Reason.CREDITS);
        }
        return failure.status() == 500 && failure.isOwn() ? failure.failed(Billed.NO, PartialResult.NOTHING) : null;
    }

    @Override
    public int status(List<String> words) {
        return FailureWords.status(
                words, part -> LIMITED.matcher(part).matches() ? 429 : STATUSES.getOrDefault(part, 0));
    }

    /** Without a header, the handle is in the sentence. */
    @Override
    public Origin origin(Origin head, ErrorBody error) {
        var message = error.message();
        var id = message == null ? null : REQUEST_ID.matcher(message);
        return head.generationId() == null && id != null && id.find() ? head.withGenerationId(id.group(1)) : head;
    }

    /** An error of the whole means that nothing was made. */
    @Override
    public Billed billed(boolean begun, int made) {
        return made > 0 ? Billed.YES : Billed.NO;
    }
}
