package dev.darkroom.dialect;

import java.util.Set;

/** The words which mean the same wherever a gateway uses them as the code or the type of an error. */
final class FailureWords {

    static final Set<String> MODERATION =
            Set.of("content_policy_violation", "moderation_blocked", "refusal", "content_filter");
    static final Set<String> RATE =
            Set.of("rate_limit_exceeded", "rate_limit_error", "too_many_requests", "capacity_exhausted");
    static final Set<String> SPENT = Set.of("insufficient_quota", "billing_hard_limit_reached", "insufficient_balance");
    static final Set<String> CREDENTIALS = Set.of("invalid_api_key", "authentication_error");

    private FailureWords() {}
}
