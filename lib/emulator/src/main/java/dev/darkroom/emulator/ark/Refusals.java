package dev.darkroom.emulator.ark;

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

    static final String LIMITED = "ModelAccountIpmRateLimitExceeded";
    static final String LIMITED_WORDS = "IPM (Images Per Minute) limit of the model is exceeded.";
    private static final String MANY = "TooManyRequests";
    private static final String FORBIDDEN = "Forbidden";

    Optional<Reply> reply() {
        if (trouble.isRateLimit()) {
            return switch (trouble.fault()) {
                case RATE_LIMIT_UPSTREAM, RATE_LIMIT_AVAILABILITY -> Optional.empty();
                default -> Optional.of(trouble.hinted(Errors.error(429, LIMITED, LIMITED_WORDS, "", MANY)));
            };
        }
        return Optional.ofNullable(
                switch (trouble.fault()) {
                    case BAD_REQUEST, VALIDATION -> Errors.missing("prompt");
                    case UNAUTHORIZED -> Errors.badKey();
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
                        trouble.hinted(Errors.error(
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
                    case MODEL_NOT_FOUND -> Errors.noModel(model);
                    case TOO_LARGE -> Pages.page(413, "413 Request Entity Too Large");
                    case OVERLOADED, CAPACITY ->
                        trouble.hinted(Errors.error(
                                429,
                                "ServerOverloaded",
                                "The service is currently unable to handle additional requests.",
                                "",
                                MANY));
                    case UNAVAILABLE ->
                        trouble.hinted(Errors.error(
                                503, "ServiceUnavailable", "The service is unavailable.", "", "ServiceUnavailable"));
                    case SERVER_ERROR -> Errors.internal();
                    case ERROR_IN_OK ->
                        Errors.error(200, Errors.INTERNAL, Errors.internalWords(), "", "InternalServerError");
                    case GATEWAY_TIMEOUT -> Pages.page(504, "504 Gateway Time-out");
                    case HTML_BAD_GATEWAY -> Pages.badGateway();
                    case HTML_FORBIDDEN -> Pages.blocked();
                    default -> null;
                });
    }
}
