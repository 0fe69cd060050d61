package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ways in which a 429 tells, or does not tell, when to come back.
 *
 * @param model the model asked for
 * @param provider its provider
 * @param error the limit, and until when
 */
record RateLimits(String model, String provider, ErrorContext error) {

    private static final String SHORT = "Rate limit exceeded";

    Reply reply() {
        return switch (error.fault()) {
            case RATE_LIMIT_DATE, RATE_LIMIT_MILLIS -> error.withRetryHint(Errors.error(429, SHORT));
            case RATE_LIMIT_UPSTREAM -> upstream();
            case RATE_LIMIT_AVAILABILITY -> availability();
            case RATE_LIMIT_SILENT -> withUser(upstreamMetadata());
            default -> router();
        };
    }

    /** The router's own: whole seconds in a header. */
    private Reply router() {
        return error.withRetryAfterSeconds(
                counted(SHORT, error.limit(), error.now().plus(error.delay()).toEpochMilli()));
    }

    private static Reply counted(String message, int limit, long resetsAt) {
        var reset = Long.toString(resetsAt);
        var metadata = Json.object();
        metadata.putObject("headers")
                .put("X-RateLimit-Limit", Integer.toString(limit))
                .put("X-RateLimit-Remaining", "0")
                .put("X-RateLimit-Reset", reset);
        return Errors.error(429, message, metadata)
                .header("X-RateLimit-Limit", Integer.toString(limit))
                .header("X-RateLimit-Remaining", "0")
                .header("X-RateLimit-Reset", reset);
    }

    /** A provider's, passed on: the hint is in the metadata only. */
    private Reply upstream() {
        var seconds = error.seconds();
        var metadata = upstreamMetadata()
                .put("limit_source", "upstream_provider_shared_pool")
                .put("remedy_hint", "Retry shortly, or route to another provider");
        metadata.put("retry_after_seconds", seconds);
        metadata.putRawValue(
                "retry_after_seconds_raw",
                Dollars.of(BigDecimal.valueOf(error.delay().toMillis(), 3)));
        metadata.putObject("headers").put("Retry-After", Long.toString(seconds));
        return withUser(metadata);
    }

    private Reply availability() {
        var seconds = error.seconds();
        var availability = Json.object()
                .put("code", "capacity_exhausted")
                .put("retryable", true)
                .put("retry_after", seconds);
        availability.putArray("requested_models").add(model);
        availability.putArray("affected_providers").add(provider);
        return Errors.availability(
                429,
                "rate_limit_exceeded",
                "All providers for " + model + " are at capacity. Retry after " + seconds + " seconds.",
                availability);
    }

    private ObjectNode upstreamMetadata() {
        return Json.object()
                .put("raw", model + " is temporarily rate-limited upstream. Please retry shortly.")
                .put("provider_name", provider)
                .put("is_byok", false)
                .put("provider_error_code", "rate_limit_exceeded");
    }

    private static Reply withUser(ObjectNode metadata) {
        var body = Errors.body(429, "Provider returned error");
        ((ObjectNode) body.path("error")).set("metadata", metadata);
        return Replies.json(429, body.put("user_id", Errors.USER));
    }
}
