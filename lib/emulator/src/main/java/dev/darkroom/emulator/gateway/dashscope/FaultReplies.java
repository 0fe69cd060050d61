package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;

/**
 * The error replies to a request which a fault, its key, its prompt or a quota rejects. No page names a retry hint, so a
 * 429 has one only where a plan or the fault asks for it.
 *
 * @param error why
 */
record FaultReplies(ErrorContext error) {

    Optional<Reply> reply() {
        if (error.isRateLimit()) {
            return switch (error.fault()) {
                case RATE_LIMIT_AVAILABILITY -> Optional.empty();
                case RATE_LIMIT_UPSTREAM -> Optional.of(throttled("Throttling", "Requests throttling triggered."));
                default ->
                    Optional.of(error.withRetryHint(throttled(
                            "Throttling.RateQuota", "Requests rate limit exceeded, please try again later.")));
            };
        }
        return Optional.ofNullable(
                switch (error.fault()) {
                    case BAD_REQUEST, VALIDATION -> new FieldErrors().missing("input.messages");
                    case UNAUTHORIZED -> Errors.invalidKey();
                    case CREDITS ->
                        Errors.error(
                                400, "Arrearage", "Access denied, please make sure your account is in good standing.");
                    case SPENT_QUOTA ->
                        throttled(
                                "Throttling.AllocationQuota",
                                "Allocated quota exceeded, please increase your quota limit.");
                    case FORBIDDEN -> Errors.error(403, "Model.AccessDenied", "Model access denied.");
                    case MODERATION ->
                        Errors.error(400, Errors.FLAGGED, "Input data may contain inappropriate content.");
                    case NOT_FOUND -> Errors.notFound();
                    case MODEL_NOT_FOUND -> Errors.modelNotFound();
                    case TOO_LARGE -> Errors.error(413, "RequestTooLarge", "Request body too large.");
                    case SERVER_ERROR -> Errors.failed(false);
                    case ERROR_IN_OK -> Errors.error(200, Errors.INTERNAL, "An internal error has occured.");
                    case OVERLOADED, UNAVAILABLE, CAPACITY ->
                        error.withRetryHint(Errors.error(
                                503,
                                "ModelServingError",
                                "Too many requests. Your requests are being throttled due to system capacity limits."
                                        + " Please try again later."));
                    case GATEWAY_TIMEOUT ->
                        Errors.error(500, "RequestTimeOut", "Request timed out, please try again later.");
                    case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case HTML_FORBIDDEN -> HtmlPages.blocked();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default -> null;
                });
    }

    private static Reply throttled(String code, String message) {
        return Errors.error(429, code, message);
    }
}
