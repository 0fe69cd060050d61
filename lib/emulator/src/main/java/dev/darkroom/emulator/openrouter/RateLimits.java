package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.server.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ways in which a 429 tells, or does not tell, when to come back.
 *
 * @param model the model asked for
 * @param provider its provider
 * @param delay until the next request will be taken
 * @param now the emulator's clock
 */
record RateLimits(String model, String provider, Duration delay, Instant now) {

    private static final String SHORT = "Rate limit exceeded";

    /** The router's own: whole seconds in a header. */
    Reply router(int limit) {
        var reset = Long.toString(now.plus(delay).toEpochMilli());
        var metadata = Json.object();
        metadata.putObject("headers")
                .put("X-RateLimit-Limit", Integer.toString(limit))
                .put("X-RateLimit-Remaining", "0")
                .put("X-RateLimit-Reset", reset);
        return Errors.error(429, SHORT, metadata)
                .header("Retry-After", Long.toString(seconds()))
                .header("X-RateLimit-Limit", Integer.toString(limit))
                .header("X-RateLimit-Remaining", "0")
                .header("X-RateLimit-Reset", reset);
    }

    /** A date, which says no more than the second: rounded up, so never early. */
    Reply date() {
        var date = now.plus(delay).plusNanos(999_999_999).atOffset(ZoneOffset.UTC);
        return Errors.error(429, SHORT)
                .header("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
                .header("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(date));
    }

    Reply millis() {
        return Errors.error(429, SHORT).header("retry-after-ms", Long.toString(delay.toMillis()));
    }

    /** A provider's, passed on: the hint is in the metadata only. */
    Reply upstream() {
        var metadata = upstreamMetadata()
                .put("limit_source", "upstream_provider_shared_pool")
                .put("remedy_hint", "Retry shortly, or route to another provider");
        metadata.put("retry_after_seconds", seconds());
        metadata.putRawValue("retry_after_seconds_raw", Json.dollars(BigDecimal.valueOf(delay.toMillis(), 3)));
        metadata.putObject("headers").put("Retry-After", Long.toString(seconds()));
        return withUser(metadata);
    }

    Reply silent() {
        return withUser(upstreamMetadata());
    }

    Reply availability() {
        var availability = Json.object()
                .put("code", "capacity_exhausted")
                .put("retryable", true)
                .put("retry_after", seconds());
        availability.putArray("requested_models").add(model);
        availability.putArray("affected_providers").add(provider);
        return Errors.availability(
                429,
                "rate_limit_exceeded",
                "All providers for " + model + " are at capacity. Retry after " + seconds() + " seconds.",
                availability);
    }

    long seconds() {
        return delay.plusNanos(999_999_999).toSeconds();
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
        return Answers.json(429, body.put("user_id", Errors.USER));
    }
}
