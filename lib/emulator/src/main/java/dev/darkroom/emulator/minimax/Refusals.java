package dev.darkroom.emulator.minimax;

import dev.darkroom.emulator.desk.Pages;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;

/**
 * The replies to a request which is refused on purpose. Spent money was seen as a 402 and, under another model, as a 429:
 * {@code CREDITS} is the first, {@code SPENT_QUOTA} the second. No page names a retry hint, so a 429 has one only where a
 * plan or the fault asks for it.
 *
 * @param model the model asked for
 * @param trouble what is wrong
 */
record Refusals(String model, Trouble trouble) {

    private static final String BALANCE = "insufficient_balance_error";
    private static final String SPENT = "insufficient balance (1008)";

    Optional<Reply> reply() {
        if (trouble.isRateLimit()) {
            return switch (trouble.fault()) {
                case RATE_LIMIT_UPSTREAM, RATE_LIMIT_AVAILABILITY -> Optional.empty();
                default -> Optional.of(trouble.hinted(Errors.reply(429, Errors.limited())));
            };
        }
        return Optional.ofNullable(
                switch (trouble.fault()) {
                    case BAD_REQUEST, VALIDATION -> new Complaints().missing("prompt");
                    case UNAUTHORIZED -> Errors.badKey();
                    case CREDITS -> Errors.error(402, BALANCE, SPENT);
                    case SPENT_QUOTA -> Errors.error(429, BALANCE, SPENT);
                    case FORBIDDEN ->
                        Errors.error(
                                403,
                                "permission_error",
                                "your current token plan not support model, " + model + " (2061)");
                    case MODERATION -> Errors.error(422, "unprocessable_entity_error", "input new_sensitive (1026)");
                    case NOT_FOUND -> Errors.notFound();
                    case MODEL_NOT_FOUND -> Errors.noModel(model);
                    case TOO_LARGE -> Errors.error(413, "bad_request_error", "request body too large (2013)");
                    case OVERLOADED, CAPACITY, UNAVAILABLE ->
                        trouble.hinted(Errors.error(
                                529, "overloaded_error", "The server cluster is currently under high load (2064)"));
                    case SERVER_ERROR -> Errors.reply(500, Errors.failed());
                    case ERROR_IN_OK -> Errors.reply(200, Errors.failed());
                    case GATEWAY_TIMEOUT -> Errors.error(504, "api_error", "request timeout (1001)");
                    case HTML_BAD_GATEWAY -> Pages.badGateway();
                    case HTML_FORBIDDEN -> Pages.blocked();
                    default -> null;
                });
    }
}
