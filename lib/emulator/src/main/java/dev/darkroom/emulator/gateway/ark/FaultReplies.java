package dev.darkroom.emulator.gateway.ark;

import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;

/**
 * The error replies to a request which a fault, its key, its prompt or a quota rejects. No page names a retry hint, so a 429 has one only where a plan or
 * the fault asks for it.
 *
 * @param model the model asked for
 * @param error why
 */
record FaultReplies(String model, ErrorContext error) {

    static final String RATE_LIMITED = "ModelAccountIpmRateLimitExceeded";
    static final String RATE_LIMITED_MESSAGE = "IPM (Images Per Minute) limit of the model is exceeded.";
    private static final String MANY = "TooManyRequests";
    private static final String FORBIDDEN = "Forbidden";

    Optional<Reply> reply() {
        if (error.isRateLimit()) {
            return switch (error.fault()) {
                case RATE_LIMIT_UPSTREAM, RATE_LIMIT_AVAILABILITY -> Optional.empty();
                default ->
                    Optional.of(error.withRetryHint(Errors.error(429, RATE_LIMITED, RATE_LIMITED_MESSAGE, "", MANY)));
            };
        }
        return Optional.ofNullable(
                switch (error.fault()) {
                    case BAD_REQUEST, VALIDATION -> Errors.missing("prompt");
                    case UNAUTHORIZED -> Errors.invalidKey();
                    case CREDITS ->
                        Errors.error(
                                403,
                                "AccountOverdueError",
                                "The request failed because your account has an overdue balance.",
                                "",
                                FORBIDDEN);
                    case FORBIDDEN ->
                        Errors.error(
                                403,
                                "AccessDenied",
                                "You do not have permission to access this resource.",
                                "",
                                FORBIDDEN);
                    case SPENT_QUOTA ->
                        Errors.error(
                                429,
                                "SetLimitExceeded",
                                "Your account has reached the set inference limit for the model, and the model service"
                                        + " has been paused.",
                                "",
                                MANY);
                    case IN_FLIGHT_BUDGET ->
                        error.withRetryHint(Errors.error(
                                429,
                                "InflightBatchsizeExceeded",
                                "The number of requests in flight exceeds the limit of your account.",
                                "",
                                MANY));
                    case MODERATION ->
                        Errors.error(
                                400,
                                "InputTextSensitiveContentDetected",
                                "The request failed because the input text may contain sensitive information.",
                                "",
                                "BadRequest");
                    case NOT_FOUND -> Errors.error(404, "NotFound", "The resource does not exist.", "", "NotFound");
                    case MODEL_NOT_FOUND -> Errors.modelNotFound(model);
                    case TOO_LARGE -> HtmlPages.page(413, "413 Request Entity Too Large");
                    case OVERLOADED, CAPACITY ->
                        error.withRetryHint(Errors.error(
                                429,
                                "ServerOverloaded",
                                "The service is currently unable to handle additional requests.",
                                "",
                                MANY));
                    case UNAVAILABLE ->
                        error.withRetryHint(Errors.error(
                                503, "ServiceUnavailable", "The service is unavailable.", "", "ServiceUnavailable"));
                    case SERVER_ERROR -> Errors.internal();
                    case ERROR_IN_OK ->
                        Errors.error(200, Errors.INTERNAL, Errors.internalMessage(), "", "InternalServerError");
                    case GATEWAY_TIMEOUT -> HtmlPages.page(504, "504 Gateway Time-out");
                    case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case HTML_FORBIDDEN -> HtmlPages.blocked();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default -> null;
                });
    }
}
