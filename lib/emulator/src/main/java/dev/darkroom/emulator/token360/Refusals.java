package dev.darkroom.emulator.token360;

import dev.darkroom.emulator.desk.Pages;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;

/**
 * The replies to a request which is refused on purpose. No page names a retry hint, so a 429 has one only where a plan or
 * the fault asks for it.
 *
 * @param model the model asked for
 * @param trouble what is wrong
 */
record Refusals(String model, Trouble trouble) {

    private static final String API = "api_error";

    Optional<Reply> reply() {
        if (trouble.isRateLimit()) {
            return switch (trouble.fault()) {
                case RATE_LIMIT_UPSTREAM, RATE_LIMIT_AVAILABILITY -> Optional.empty();
                default ->
                    Optional.of(trouble.hinted(Errors.error(
                            429, "Rate limit exceeded, please try again later", "rate_limit_error", null)));
            };
        }
        return Optional.ofNullable(
                switch (trouble.fault()) {
                    case BAD_REQUEST, VALIDATION -> new Complaints().missing("prompt");
                    case UNAUTHORIZED -> Errors.badKey();
                    case CREDITS -> Errors.error(402, "Insufficient balance", "insufficient_balance", null);
                    case FORBIDDEN -> Errors.error(403, "API key is frozen", "api_key_frozen", null);
                    case MODERATION ->
                        Errors.invalid("The prompt was rejected by the provider's content policy", "prompt");
                    case NOT_FOUND -> Errors.notFound("Resource");
                    case MODEL_NOT_FOUND -> Errors.noModel(model);
                    case TOO_LARGE -> Pages.page(413, "413 Request Entity Too Large");
                    case ERROR_IN_OK -> error(200);
                    case SERVER_ERROR -> error(500);
                    case PROVIDER_ERROR -> error(502);
                    case UNAVAILABLE, CAPACITY, OVERLOADED -> trouble.hinted(error(503));
                    case GATEWAY_TIMEOUT -> Pages.page(504, "504 Gateway Time-out");
                    case HTML_BAD_GATEWAY -> Pages.badGateway();
                    case HTML_FORBIDDEN -> Pages.blocked();
                    default -> null;
                });
    }

    private static Reply error(int status) {
        return Errors.error(status, "The upstream provider failed", API, null);
    }
}
