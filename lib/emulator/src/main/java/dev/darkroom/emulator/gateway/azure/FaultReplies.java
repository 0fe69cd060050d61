package dev.darkroom.emulator.gateway.azure;

import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.gateway.common.openai.FieldErrors;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;

/**
 * The error replies to a request which a fault, its key, its prompt or a quota rejects. What spent money, 502, 503 and 504 look
 * like is a guess.
 *
 * @param error why
 */
record FaultReplies(ErrorContext error) {

    private static final String MILLIS = "x-ms-retry-after-ms";

    Optional<Reply> reply() {
        if (error.isRateLimit()) {
            return limited();
        }
        return Optional.ofNullable(
                switch (error.fault()) {
                    case BAD_REQUEST, VALIDATION -> new FieldErrors().missing("prompt");
                    case UNAUTHORIZED -> Errors.unauthorized("invalid");
                    case CREDITS, SPENT_QUOTA ->
                        Errors.error(403, "403", "Out of call volume quota. Quota will be replenished next month.");
                    case FORBIDDEN ->
                        Errors.error(
                                403,
                                "Forbidden",
                                "Your resource has been temporarily blocked because we detected behavior that may"
                                        + " violate our content policy.");
                    case MODERATION -> Errors.contentFilter();
                    case NOT_FOUND -> Errors.notFound();
                    case MODEL_NOT_FOUND -> Errors.noDeployment();
                    case REQUEST_TIMEOUT -> Errors.timeout();
                    case TOO_LARGE -> Errors.error(413, "RequestEntityTooLarge", "The request body is too large.");
                    case ERROR_IN_OK -> failed(200);
                    case SERVER_ERROR -> failed(500);
                    case PROVIDER_ERROR -> Errors.error(502, "BadGateway", "Bad gateway.");
                    case UNAVAILABLE, CAPACITY ->
                        error.withRetryHint(Errors.error(503, "ServiceUnavailable", "The service is unavailable."));
                    case OVERLOADED -> overloaded();
                    case GATEWAY_TIMEOUT ->
                        Errors.error(504, "GatewayTimeout", "The gateway did not receive a response.");
                    case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case HTML_FORBIDDEN -> HtmlPages.blocked();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default -> null;
                });
    }

    private Optional<Reply> limited() {
        return switch (error.fault()) {
            case RATE_LIMIT_AVAILABILITY -> Optional.empty();
            case RATE_LIMIT_SILENT -> Optional.of(limit(""));
            case RATE_LIMIT_UPSTREAM -> Optional.of(limit(hint()));
            case RATE_LIMIT_DATE -> Optional.of(error.withRetryHint(limit(hint())));
            case RATE_LIMIT_MILLIS -> Optional.of(inMillis(limit("")));
            default -> Optional.of(inMillis(error.withRetryAfterSeconds(limit(hint()))));
        };
    }

    private static Reply limit(String hint) {
        return Errors.error(
                429,
                "429",
                "Requests to the ImageGenerations_Create Operation under Azure OpenAI API have exceeded call rate limit of"
                        + " your current AIServices S0 pricing tier." + hint);
    }

    private String hint() {
        return " Please retry after " + error.seconds() + " seconds.";
    }

    private Reply overloaded() {
        return inMillis(
                Errors.error(429, "EngineOverloaded", "The engine is currently overloaded, please try again later."));
    }

    private Reply inMillis(Reply reply) {
        return reply.header(MILLIS, Long.toString(error.delay().toMillis()));
    }

    private static Reply failed(int status) {
        return Errors.error(
                status,
                "InternalServerError",
                "The server had an error while processing your request. Sorry about that!");
    }
}
