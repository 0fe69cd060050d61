package dev.darkroom.emulator.gateway.token360;

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

    private static final String API = "api_error";

    Optional<Reply> reply() {
        if (error.isRateLimit()) {
            return switch (error.fault()) {
                case RATE_LIMIT_UPSTREAM, RATE_LIMIT_AVAILABILITY -> Optional.empty();
                default ->
                    Optional.of(error.withRetryHint(Errors.error(
                            429, "Rate limit exceeded, please try again later", "rate_limit_error", null)));
            };
        }
        return Optional.ofNullable(
                switch (error.fault()) {
                    case BAD_REQUEST, VALIDATION -> new FieldErrors().missing("prompt");
                    case UNAUTHORIZED -> Errors.invalidKey();
                    case CREDITS -> Errors.error(402, "Insufficient balance", "insufficient_balance", null);
                    case FORBIDDEN -> Errors.error(403, "API key is frozen", "api_key_frozen", null);
                    case MODERATION ->
                        Errors.invalid("The prompt was rejected by the provider's content policy", "prompt");
                    case NOT_FOUND -> Errors.notFound("Resource");
                    case MODEL_NOT_FOUND -> Errors.modelNotFound(model);
                    case TOO_LARGE -> HtmlPages.page(413, "413 Request Entity Too Large");
                    case ERROR_IN_OK -> error(200);
                    case SERVER_ERROR -> error(500);
                    case PROVIDER_ERROR -> error(502);
                    case UNAVAILABLE, CAPACITY, OVERLOADED -> error.withRetryHint(error(503));
                    case GATEWAY_TIMEOUT -> HtmlPages.page(504, "504 Gateway Time-out");
                    case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case HTML_FORBIDDEN -> HtmlPages.blocked();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default -> null;
                });
    }

    private static Reply error(int status) {
        return Errors.error(status, "The upstream provider failed", API, null);
    }
}
