package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;

/**
 * The error replies to a request which a fault, its key, its prompt or a quota rejects.
 *
 * @param model the model asked for
 * @param provider its provider
 * @param prompt the prompt
 * @param error why
 */
record FaultReplies(String model, String provider, String prompt, ErrorContext error) {

    private static final int FLAGGED_CHARS = 100;

    Reply reply() {
        return switch (error.fault()) {
            case CAPACITY -> capacity(error.seconds());
            case IN_FLIGHT_BUDGET -> inFlightBudget();
            case UNAVAILABLE -> error.withRetryHint(Errors.error(503, "Service Unavailable"));
            case SPENT_QUOTA -> spentQuota();
            default -> error.isRateLimit() ? new RateLimits(model, provider, error).reply() : forGood(error.fault());
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
            case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
            case HTML_FORBIDDEN -> HtmlPages.blocked();
            case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
            case ERROR_IN_OK -> Replies.json(200, Errors.body(502, "Provider returned error"));
            default -> Errors.error(500, "Internal Server Error", Json.object().put("error_type", "server"));
        };
    }

    private Reply credits() {
        return Errors.error(
                402,
                "Insufficient credits. Add more to continue.",
                Json.object().put("limit_source", "openrouter_credits").put("remedy_hint", "Add credits"));
    }

    /** A provider's, of the key that was brought along, passed on; the day's allowance of free models is a rate limit, and comes back. */
    private Reply spentQuota() {
        return Errors.error(
                429,
                "Provider returned error",
                Json.object()
                        .put(
                                "raw",
                                "{\"error\":{\"message\":\"You exceeded your current quota, please check your plan and billing"
                                        + " details.\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}")
                        .put("provider_name", provider)
                        .put("is_byok", true));
    }

    private Reply inFlightBudget() {
        var metadata = Json.object()
                .put("reason", "in_flight_budget_exhausted")
                .put("limit_source", "openrouter_in_flight_budget")
                .put("remedy_hint", "Retry after in-flight requests settle");
        return error.withRetryAfterSeconds(Errors.error(
                402,
                "This request would exceed your available credits given your current in-flight requests."
                        + " Retry after in-flight requests settle, or add credits.",
                metadata));
    }

    private Reply moderation() {
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
