package dev.darkroom.internal.gateway.common;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;

/** The words which mean the same wherever a gateway uses them as the code or the type of an error. */
public final class FailureWords {

    static final Set<String> MODERATION = Set.of(
            "content_policy_violation",
            "moderation_blocked",
            "refusal",
            "content_filter",
            "contentFilter",
            "ContentFilter",
            "ResponsibleAIPolicyViolation");
    static final Set<String> RATE =
            Set.of("rate_limit_exceeded", "rate_limit_error", "too_many_requests", "capacity_exhausted");
    public static final Set<String> SPENT = Set.of(
            "insufficient_quota",
            "insufficient_user_quota",
            "insufficient_balance",
            "insufficient_balance_error",
            "insufficient_credits",
            "insufficient_funds",
            "billing_hard_limit_reached",
            "billing_not_active");
    public static final Set<String> CREDENTIALS = Set.of("invalid_api_key", "authentication_error", "authorized_error");

    private static final Map<String, Integer> STATUSES = Map.of(
            "invalid_request_error", 400,
            "image_generation_user_error", 400,
            "invalid_api_key", 401,
            "authentication_error", 401,
            "authorized_error", 401,
            "permission_error", 403,
            "not_found_error", 404,
            "model_not_found", 404);

    private FailureWords() {}

    /** The status which the first telling word stands for; 0 if none does. */
    static int status(List<String> words) {
        return words.stream()
                .map(STATUSES::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0);
    }

    /**
     * The status that a word stands for by its first part, the one before a dot.
     *
     * @param byFirstPart 0 for a part that stands for none
     * @return of the first telling word; 0 if there is none
     */
    public static int status(List<String> words, ToIntFunction<String> byFirstPart) {
        return words.stream()
                .map(word -> word.split("\\.", 2)[0])
                .mapToInt(byFirstPart)
                .filter(status -> status > 0)
                .findFirst()
                .orElse(0);
    }
}
