package dev.darkroom.emulator.gateway.minimax;

import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;

/**
 * The error replies to a request which a fault, its key, its prompt or a quota rejects. Spent money was seen as a 402 and, under another model, as a 429:
 * {@code CREDITS} is the first, {@code SPENT_QUOTA} the second. No page names a retry hint, so a 429 has one only where a
 * plan or the fault asks for it.
 *
 * @param model the model asked for
 * @param error why
 */
record FaultReplies(String model, ErrorContext error) {

    private static final String BALANCE = "insufficient_balance_error";
    private static final String SPENT = "insufficient balance (1008)";

    Optional<Reply> reply() {
        if (error.isRateLimit()) {
            return switch (error.fault()) {
                case RATE_LIMIT_UPSTREAM, RATE_LIMIT_AVAILABILITY -> Optional.empty();
                default -> Optional.of(error.withRetryHint(Errors.reply(429, Errors.limited())));
            };
        }
        return Optional.ofNullable(
                switch (error.fault()) {
                    case BAD_REQUEST, VALIDATION -> new FieldErrors().missing("prompt");
                    case UNAUTHORIZED -> Errors.invalidKey();
                    case CREDITS -> Errors.error(402, BALANCE, SPENT);
                    case SPENT_QUOTA -> Errors.error(429, BALANCE, SPENT);
                    case FORBIDDEN ->
                        Errors.error(
                                403,
                                "permission_error",
                                "your current token plan not support model, " + model + " (2061)");
                    case MODERATION -> Errors.error(422, "unprocessable_entity_error", "input new_sensitive (1026)");
                    case NOT_FOUND -> Errors.notFound();
                    case MODEL_NOT_FOUND -> Errors.modelNotFound(model);
                    case TOO_LARGE -> Errors.error(413, "bad_request_error", "request body too large (2013)");
                    case OVERLOADED, CAPACITY, UNAVAILABLE ->
                        error.withRetryHint(Errors.error(
                                529, "overloaded_error", "The server cluster is currently under high load (2064)"));
                    case SERVER_ERROR -> Errors.reply(500, Errors.failed());
                    case ERROR_IN_OK -> Errors.reply(200, Errors.failed());
                    case GATEWAY_TIMEOUT -> Errors.error(504, "api_error", "request timeout (1001)");
                    case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case HTML_FORBIDDEN -> HtmlPages.blocked();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default -> null;
                });
    }
}
