package dev.darkroom.internal.gateway.gemini;

import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.internal.gateway.common.ErrorBody;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;
import dev.darkroom.internal.gateway.common.Fields;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Google's refusals and failures mean: by the common table, with what {@code google.rpc.Status} says in its details.
 *
 * <table>
 * <caption>From what the gateway says to the exception</caption>
 * <tr><th>status and details</th><th>exception</th></tr>
 * <tr><td>RESOURCE_EXHAUSTED, a quota of a minute or none named</td><td>rate limited, by {@code RetryInfo}</td></tr>
 * <tr><td>RESOURCE_EXHAUSTED, a quota of a day, or one of 0</td><td>Rejected: credits</td></tr>
 * <tr><td>a key that is not valid, under 400</td><td>Rejected: credentials</td></tr>
 * <tr><td>billing that is off</td><td>Rejected: credits</td></tr>
 * <tr><td>UNAVAILABLE</td><td>unavailable: the model is overloaded, and nothing was begun</td></tr>
 * </table>
 *
 * @see <a href="https://cloud.google.com/apis/design/errors">Google API errors</a>
 */
final class GeminiFailures implements ErrorRules {

    private static final Map<String, Integer> STATUSES = Map.ofEntries(
            Map.entry("INVALID_ARGUMENT", 400),
            Map.entry("FAILED_PRECONDITION", 400),
            Map.entry("OUT_OF_RANGE", 400),
            Map.entry("UNAUTHENTICATED", 401),
            Map.entry("PERMISSION_DENIED", 403),
            Map.entry("NOT_FOUND", 404),
            Map.entry("ABORTED", 409),
            Map.entry("RESOURCE_EXHAUSTED", 429),
            Map.entry("CANCELLED", 499),
            Map.entry("INTERNAL", 500),
            Map.entry("UNKNOWN", 500),
            Map.entry("UNAVAILABLE", 503),
            Map.entry("DEADLINE_EXCEEDED", 504));

    private static final Set<String> KEYS = Set.of("API_KEY_INVALID", "API_KEY_EXPIRED", "ACCESS_TOKEN_EXPIRED");
    private static final Set<String> MONEY = Set.of("BILLING_DISABLED", "BILLING_NOT_ENABLED");
    private static final Pattern BILLING =
            Pattern.compile("(?is).*(?:enable billing|billing to be enabled|billing (?:is )?disabled).*");
    private static final Pattern DAILY = Pattern.compile("(?i).*(?:per_?day|daily).*");

    /** Google writes its errors so, and its relays write theirs as most do. */
    @Override
    public boolean isOwn(ErrorBody error) {
        var wrapped = error.body().path("error");
        return wrapped.isObject()
                && (wrapped.path("status").isString() || wrapped.path("message").isString());
    }

    @Override
    public int status(List<String> words) {
        return words.stream()
                .map(STATUSES::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> ErrorRules.super.status(words));
    }

    @Override
    public @Nullable ImageException meaning(Failure failure) {
        var reasons = details(failure)
                .map(detail -> Fields.text(detail, "reason"))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (failure.status() >= 400 && failure.status() < 500) {
            if (reasons.stream().anyMatch(KEYS::contains)) {
                return failure.rejected(Reason.CREDENTIALS);
            }
            if (reasons.stream().anyMatch(MONEY::contains) || speaksOfBilling(failure.message())) {
                return failure.rejected(Reason.CREDITS);
            }
        }
        var spent = failure.status() == 429 && details(failure).anyMatch(GeminiFailures::isSpent);
        return spent ? failure.rejected(Reason.CREDITS) : null;
    }

    private static boolean speaksOfBilling(@Nullable String message) {
        return message != null && BILLING.matcher(message).matches();
    }

    private static Stream<JsonNode> details(Failure failure) {
        return StreamSupport.stream(failure.error().node().path("details").spliterator(), false);
    }

    /** A quota of a day comes back tomorrow, and one of 0 never; the delay beside it is that of the minute. */
    private static boolean isSpent(JsonNode detail) {
        return StreamSupport.stream(detail.path("violations").spliterator(), false)
                .anyMatch(violation -> "0".equals(Fields.word(violation, "quotaValue"))
                        || Stream.of("quotaId", "quotaMetric", "subject")
                                .map(name -> Fields.text(violation, name))
                                .anyMatch(text ->
                                        text != null && DAILY.matcher(text).matches()));
    }
}
