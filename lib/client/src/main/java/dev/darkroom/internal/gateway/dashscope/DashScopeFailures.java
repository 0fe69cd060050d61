package dev.darkroom.internal.gateway.dashscope;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.internal.gateway.common.ErrorBody;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;
import dev.darkroom.internal.gateway.common.FailureWords;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What DashScope's refusals and failures mean: by the common table, after its own words, which lie flat beside a {@code request_id}
 * and have a dot between the general and the special ({@code Throttling.RateQuota}).
 *
 * <table>
 * <caption>Words that count before the status</caption>
 * <tr><th>word</th><th>exception</th></tr>
 * <tr><td>DataInspectionFailed, …DataInspection…, IPInfringementSuspect</td><td>Rejected: moderation</td></tr>
 * <tr><td>Arrearage, …BillOverdue, AllocationQuota.FreeTierOnly, CommodityNotPurchased</td><td>Rejected: credits</td></tr>
 * <tr><td>Throttling, and what stands behind its dot</td><td>rate limited</td></tr>
 * <tr><td>RequestTimeOut, ….Timeout</td><td>outcome unknown; of a task that failed, generation failed</td></tr>
 * <tr><td>InvalidApiKey</td><td>Rejected: credentials</td></tr>
 * </table>
 *
 * <p>A model that there is not is an InvalidParameter with a sentence of its own. {@code Throttling.AllocationQuota}, whatever it sounds
 * like, is a limit by the minute. An image that was not made is not billed, and a task says so when it failed.
 *
 * @see <a href="https://help.aliyun.com/zh/model-studio/error-code">DashScope error codes</a>
 */
final class DashScopeFailures implements ErrorRules {

    private static final Pattern OFFENSIVE = Pattern.compile(
            "(?:.*\\.)?(?:DataInspection(?:Failed)?|IPInfringementSuspect|data_inspection_failed)(?:\\..*)?");
    private static final Pattern SPENT = Pattern.compile(
            "Arrearage|\\w+BillOverdue|AllocationQuota\\.FreeTierOnly|CommodityNotPurchased|InsufficientBalance");
    private static final Pattern THROTTLING = Pattern.compile("Throttling(?:\\..*)?");
    private static final Pattern LATE = Pattern.compile("(?:.*\\.)?(?:RequestTimeOut|ResponseTimeout|Timeout)");
    private static final Pattern NO_MODEL = Pattern.compile("(?i)model not exist\\b.*");
    private static final Pattern KEY = Pattern.compile("(?i)InvalidApi-?Key");

    /** What the first part of a word stands for, where no status does. */
    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry("BadRequest", 400),
            Map.entry("InvalidParameter", 400),
            Map.entry("InvalidURL", 400),
            Map.entry("InvalidFile", 400),
            Map.entry("AccessDenied", 403),
            Map.entry("ModelNotFound", 404),
            Map.entry("Throttling", 429),
            Map.entry("InternalError", 500),
            Map.entry("SystemError", 500),
            Map.entry("ServiceUnavailable", 503));

    @Override
    public boolean isOwn(ErrorBody error) {
        var code = error.body().path("code");
        return (code.isString()
                        && !code.asString().isEmpty()
                        && (error.body().has("request_id") || error.body().has("task_id")))
                || ErrorRules.super.isOwn(error);
    }

    @Override
    public @Nullable ImageException meaning(Failure failure) {
        if (failure.says(OFFENSIVE)) {
            return failure.rejected(Reason.MODERATION);
        }
        if (failure.says(SPENT)) {
            return failure.rejected(Reason.CREDITS);
        }
        if (failure.says(LATE)) {
            return failure.timedOut(PartialResult.NOTHING);
        }
        if (failure.says(KEY)) {
            return failure.rejected(Reason.CREDENTIALS);
        }
        var message = failure.message();
        if (failure.status() == 400
                && message != null
                && NO_MODEL.matcher(message).matches()) {
            return failure.rejected(Reason.NOT_FOUND);
        }
        return failure.says(THROTTLING) && failure.status() < 500 ? failure.rateLimited() : null;
    }

    @Override
    public int status(List<String> words) {
        return FailureWords.status(words, part -> STATUSES.getOrDefault(part, 0));
    }

    @Override
    public Billed billed(boolean begun, int made) {
        return made > 0 ? Billed.YES : Billed.NO;
    }
}
