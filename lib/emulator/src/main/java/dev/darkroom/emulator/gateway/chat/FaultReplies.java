package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The error replies to a request which a fault, its key, its prompt or a quota rejects.
 *
 * @param model the model asked for
 * @param errors their shape
 * @param error why
 */
record FaultReplies(String model, Errors errors, ErrorContext error) {

    Optional<Reply> reply() {
        if (error.isRateLimit()) {
            return limited();
        }
        return Optional.ofNullable(
                switch (error.fault()) {
                    case BAD_REQUEST, VALIDATION -> new FieldErrors(errors).missing("messages");
                    case UNAUTHORIZED -> errors.invalidKey();
                    case CREDITS -> credits();
                    case IN_FLIGHT_BUDGET -> errors.router() ? inFlight() : null;
                    case SPENT_QUOTA ->
                        errors.error(429, "insufficient_user_quota", "Rate limit exceeded: free-models-per-day");
                    case FORBIDDEN -> errors.error(403, "access_denied", "Key limit exceeded (total limit)");
                    case MODERATION -> moderation();
                    case NOT_FOUND -> errors.notFound();
                    case MODEL_NOT_FOUND -> errors.modelNotFound(model);
                    case REQUEST_TIMEOUT -> errors.error(408, "timeout", "Request timed out");
                    case TOO_LARGE -> errors.error(413, "request_body_too_large", "Request payload too large");
                    case SERVER_ERROR -> errors.error(500, "do_request_failed", "Internal Server Error");
                    case ERROR_IN_OK ->
                        Json.reply(200, errors.body(502, "bad_response", "Provider returned error", provider()));
                    case PROVIDER_ERROR -> errors.error(502, "bad_response", "Provider returned error", provider());
                    case UNAVAILABLE, CAPACITY ->
                        error.withRetryHint(errors.error(
                                503,
                                "no_available_channel",
                                "There is no available model provider that meets your routing requirements"));
                    case OVERLOADED ->
                        errors.error(errors.router() ? 529 : 503, "overloaded", "Provider overloaded", provider());
                    case GATEWAY_TIMEOUT -> errors.error(504, "timeout", "Gateway timeout");
                    case EDGE_TIMEOUT -> errors.error(524, "timeout", "Request timed out. Please try again later.");
                    case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case HTML_FORBIDDEN -> HtmlPages.blocked();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default -> null;
                });
    }

    private Optional<Reply> limited() {
        return switch (error.fault()) {
            case RATE_LIMIT_AVAILABILITY -> Optional.empty();
            case RATE_LIMIT_UPSTREAM ->
                Optional.of(errors.error(
                        429,
                        "bad_response",
                        "Provider returned error",
                        provider()
                                .put("raw", model + " is temporarily rate-limited upstream. Please retry shortly.")
                                .put("retry_after_seconds", error.seconds())));
            case RATE_LIMIT ->
                Optional.of(error.withRetryAfterSeconds(errors.error(429, "rate_limit", "Rate limit exceeded")));
            default -> Optional.of(error.withRetryHint(errors.error(429, "rate_limit", "Rate limit exceeded")));
        };
    }

    /** As recorded at OpenRouter: an image wants a balance before it is made. */
    private Reply credits() {
        return errors.router()
                ? errors.error(
                        402,
                        "",
                        "This request requires at least $1.00 in balance for image or video output",
                        Json.object().put("limit_source", "openrouter_credits"))
                : errors.error(403, "insufficient_user_quota", "The user's quota is not enough");
    }

    private Reply inFlight() {
        return error.withRetryAfterSeconds(errors.error(
                402,
                "",
                "This request would exceed your available credits given your current in-flight requests.",
                Json.object()
                        .put("reason", "in_flight_budget_exhausted")
                        .put("limit_source", "openrouter_in_flight_budget")));
    }

    private Reply moderation() {
        var metadata = Json.object();
        metadata.putArray("reasons").add("violence");
        return errors.router()
                ? errors.error(
                        403,
                        "",
                        "Your chosen model requires moderation and your input was flagged",
                        metadata.put("provider_name", ReplyJson.PROVIDER).put("model_slug", model))
                : errors.error(400, "content_policy_violation", "Your request was rejected by our safety system.");
    }

    private static ObjectNode provider() {
        return Json.object().put("raw", "upstream failed").put("provider_name", ReplyJson.PROVIDER);
    }
}
