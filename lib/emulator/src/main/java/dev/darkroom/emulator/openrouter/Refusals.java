package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.fault.FaultPlan;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The replies to faults which refuse a request.
 *
 * @param model the model asked for
 * @param provider its provider
 * @param prompt the prompt
 * @param now the emulator's clock
 */
record Refusals(String model, String provider, String prompt, Instant now) {

    private static final int FLAGGED_CHARS = 100;
    private static final Duration USUAL_WAIT = Duration.ofSeconds(1);
    private static final int USUAL_LIMIT = 20;

    Reply of(FaultPlan plan) {
        return of(plan, USUAL_LIMIT);
    }

    /** The reply to a fault, or to a spent quota of so many requests. */
    Reply of(FaultPlan plan, int limit) {
        @Nullable Duration asked = plan.retryAfter();
        var limits = new RateLimits(model, provider, asked == null ? USUAL_WAIT : asked, now);
        return switch (plan.fault()) {
            case RATE_LIMIT -> limits.router(limit);
            case RATE_LIMIT_DATE -> limits.date();
            case RATE_LIMIT_MILLIS -> limits.millis();
            case RATE_LIMIT_UPSTREAM -> limits.upstream();
            case RATE_LIMIT_AVAILABILITY -> limits.availability();
            case RATE_LIMIT_SILENT -> limits.silent();
            case CAPACITY -> capacity(limits.seconds());
            case IN_FLIGHT_BUDGET -> inFlightBudget(limits.seconds());
            case UNAVAILABLE ->
                asked == null
                        ? Errors.error(503, "Service Unavailable")
                        : Errors.error(503, "Service Unavailable")
                                .header("Retry-After", Long.toString(limits.seconds()));
            default -> forGood(plan.fault());
        };
    }

    private Reply forGood(Fault fault) {
        return switch (fault) {
            case BAD_REQUEST -> Errors.error(400, "Invalid request parameters");
            case VALIDATION -> Errors.zod("prompt", "string", "undefined");
            case UNAUTHORIZED -> Errors.error(401, "User not found.");
            case CREDITS -> credits();
            case FORBIDDEN ->
                Errors.error(403, "Key limit exceeded", Json.object().put("limit_source", "openrouter_key_limit"));
            case MODERATION -> moderation();
            case NOT_FOUND -> Errors.error(404, "Resource not found");
            case MODEL_NOT_FOUND -> modelNotFound();
            case REQUEST_TIMEOUT -> Errors.error(408, "Request timed out");
            case TOO_LARGE -> Errors.error(413, "Request payload too large");
            case PROVIDER_ERROR -> provider(502);
            case GATEWAY_TIMEOUT ->
                Errors.error(504, "Gateway timeout", Json.object().put("error_type", "timeout"));
            case EDGE_TIMEOUT -> Errors.error(524, "Request timed out. Please try again later.");
            case OVERLOADED -> provider(529);
            case HTML_BAD_GATEWAY ->
                Answers.html(
                        502,
                        "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>Bad Gateway</body>\n</html>\n");
            case HTML_FORBIDDEN ->
                Answers.html(
                        403,
                        "<html>\n<head><title>403 Forbidden</title></head>\n<body>Request blocked.</body>\n</html>\n");
            case ERROR_IN_OK -> Answers.json(200, Errors.body(502, "Provider returned error"));
            default -> Errors.error(500, "Internal Server Error", Json.object().put("error_type", "server"));
        };
    }

    Reply credits() {
        return Errors.error(
                402,
                "Insufficient credits. Add more to continue.",
                Json.object().put("limit_source", "openrouter_credits").put("remedy_hint", "Add credits"));
    }

    Reply inFlightBudget(long seconds) {
        var metadata = Json.object()
                .put("reason", "in_flight_budget_exhausted")
                .put("limit_source", "openrouter_in_flight_budget")
                .put("remedy_hint", "Retry after in-flight requests settle");
        return Errors.error(
                        402,
                        "This request would exceed your available credits given your current in-flight requests."
                                + " Retry after in-flight requests settle, or add credits.",
                        metadata)
                .header("Retry-After", Long.toString(seconds));
    }

    Reply moderation() {
        var metadata = Json.object();
        metadata.putArray("reasons").add("violence");
        metadata.put("flagged_input", prompt.length() <= FLAGGED_CHARS ? prompt : prompt.substring(0, FLAGGED_CHARS))
                .put("provider_name", provider)
                .put("model_slug", model);
        return Errors.error(403, "Your chosen model requires moderation and your input was flagged", metadata);
    }

    private Reply modelNotFound() {
        var availability = Json.object().put("code", "model_not_found").put("retryable", false);
        availability.putArray("requested_models").add(model);
        return Errors.availability(404, "not_found", "The model " + model + " does not exist.", availability);
    }

    private Reply capacity(long seconds) {
        var availability = Json.object()
                .put("code", "temporarily_unavailable")
                .put("retryable", true)
                .put("retry_after", seconds);
        availability.putArray("requested_models").add(model);
        return Errors.availability(
                503, "provider_unavailable", "All providers for " + model + " are unavailable.", availability);
    }

    private Reply provider(int status) {
        return Errors.error(
                status,
                "Provider returned error",
                Json.object().put("raw", "upstream failed").put("provider_name", provider));
    }
}
