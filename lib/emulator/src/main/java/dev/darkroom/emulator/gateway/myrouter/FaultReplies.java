package dev.darkroom.emulator.gateway.myrouter;

import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;

/**
 * The error replies to a request which a fault, its key, its prompt or a quota rejects, from the two lists of reasons which the family prints. Spent money
 * is 400 by the list for images; the other list's 403 is what a key without permission meets. No page names a retry hint,
 * so a 429 has one only where a plan or the fault asks for it.
 *
 * @param error why
 */
record FaultReplies(ErrorContext error) {

    Optional<Reply> reply() {
        if (error.isRateLimit()) {
            return switch (error.fault()) {
                case RATE_LIMIT_UPSTREAM, RATE_LIMIT_AVAILABILITY -> Optional.empty();
                default ->
                    Optional.of(error.withRetryHint(Errors.error(429, "RATE_LIMIT_EXCEEDED", "RPM limit exceeded")));
            };
        }
        return Optional.ofNullable(
                switch (error.fault()) {
                    case BAD_REQUEST, VALIDATION -> new FieldErrors().missing("prompt");
                    case UNAUTHORIZED -> Errors.invalidKey();
                    case CREDITS -> Errors.error(400, "BILLING_BALANCE_NOT_ENOUGH", "billing balance not enough");
                    case FORBIDDEN -> Errors.error(403, "NOT_ENOUGH_BALANCE", "not enough balance");
                    case MODERATION -> Errors.error(400, "ILLEGAL_PROMPT", "illegal prompt");
                    case NOT_FOUND -> Errors.notFound();
                    case MODEL_NOT_FOUND -> Errors.error(404, "MODEL_NOT_FOUND", "model not found");
                    case TOO_LARGE -> HtmlPages.page(413, "413 Request Entity Too Large");
                    case OVERLOADED -> Errors.error(429, "RATE_LIMIT_EXCEEDED", "server overload");
                    case UNAVAILABLE, CAPACITY ->
                        error.withRetryHint(Errors.error(503, "SERVICE_NOT_AVAILABLE", "service not available"));
                    case SERVER_ERROR -> failed(500);
                    case ERROR_IN_OK -> failed(200);
                    case GATEWAY_TIMEOUT -> HtmlPages.page(504, "504 Gateway Time-out");
                    case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case HTML_FORBIDDEN -> HtmlPages.blocked();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default -> null;
                });
    }

    static Reply failed(int status) {
        return Errors.error(status, "TASK_FAILED", "task failed, trace id: 4bf92f3577b34da6");
    }
}
