package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.server.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * The error replies to a request which a fault, its key, its prompt or a quota rejects.
 *
 * @param model the model asked for
 * @param path where images are made
 * @param error why
 */
record FaultReplies(String model, String path, ErrorContext error) {

    static final String FLAGGED =
            "Your request was rejected by the safety system. If you believe this is an error, contact"
                    + " us at help.openai.com and include the request ID req_emulator. safety_violations=[violence].";
    private static final String USER = "image_generation_user_error";
    private static final String SERVER = "server_error";

    Optional<Reply> reply() {
        if (error.isRateLimit()) {
            return limited();
        }
        return Optional.ofNullable(
                switch (error.fault()) {
                    case BAD_REQUEST, VALIDATION -> new FieldErrors().missing("prompt");
                    case UNAUTHORIZED -> Errors.invalidKey();
                    case CREDITS ->
                        Errors.error(
                                400, "Billing hard limit has been reached.", USER, null, "billing_hard_limit_reached");
                    case SPENT_QUOTA -> spentQuota();
                    case FORBIDDEN ->
                        Errors.error(
                                403,
                                "Your organization must be verified to use the model `" + model + "`.",
                                "invalid_request_error",
                                null,
                                null);
                    case MODERATION -> Errors.error(400, FLAGGED, USER, null, "moderation_blocked");
                    case NOT_FOUND -> Errors.notFound("POST", path);
                    case MODEL_NOT_FOUND -> Errors.modelNotFound(model);
                    case REQUEST_TIMEOUT -> Errors.error(408, "Request timed out.", "timeout", null, null);
                    case TOO_LARGE ->
                        Errors.error(413, "Request too large.", "invalid_request_error", null, "request_too_large");
                    case ERROR_IN_OK -> failed(200);
                    case SERVER_ERROR -> failed(500);
                    case PROVIDER_ERROR -> Errors.error(502, "Bad gateway.", SERVER, null, null);
                    case UNAVAILABLE, CAPACITY, OVERLOADED ->
                        error.withRetryHint(Errors.error(
                                503, "The engine is currently overloaded, please try again later", SERVER, null, null));
                    case GATEWAY_TIMEOUT -> Errors.error(504, "Gateway timeout.", SERVER, null, null);
                    case EDGE_TIMEOUT -> HtmlPages.page(524, "524: A timeout occurred");
                    case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case HTML_FORBIDDEN -> HtmlPages.blocked();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default -> null;
                });
    }

    /** There is no such thing as a limit in the availability shape. */
    private Optional<Reply> limited() {
        return switch (error.fault()) {
            case RATE_LIMIT_AVAILABILITY -> Optional.empty();
            case RATE_LIMIT_SILENT -> Optional.of(limit(""));
            case RATE_LIMIT_UPSTREAM -> Optional.of(limit(hint()));
            default -> Optional.of(error.withRetryHint(limit(hint())));
        };
    }

    private Reply limit(String hint) {
        return Errors.error(
                429,
                "Rate limit reached for " + model + " (for limit gpt-image) in organization org-emulator on"
                        + " input-images per min: Limit " + error.limit() + ", Used " + error.limit()
                        + ", Requested " + error.asked() + "." + hint,
                "input-images",
                null,
                "rate_limit_exceeded");
    }

    private String hint() {
        return " Please try again in " + goDuration(error.delay())
                + ". Visit https://platform.openai.com/account/rate-limits to learn more.";
    }

    /** As Go writes it: {@code 467ms}, {@code 12s}, {@code 7.5s}, {@code 1m12s}; never less than it is. */
    static String goDuration(Duration delay) {
        long millis = delay.plusNanos(999_999).toMillis();
        if (millis < 1000) {
            return millis + "ms";
        }
        long minutes = millis / 60_000;
        var seconds =
                BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString();
        return (minutes > 0 ? minutes + "m" : "") + seconds + "s";
    }

    private static Reply spentQuota() {
        return Errors.error(
                429,
                "You exceeded your current quota, please check your plan and billing details. For more information on"
                        + " this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.",
                "insufficient_quota",
                null,
                "insufficient_quota");
    }

    private static Reply failed(int status) {
        return Errors.error(
                status, "Image generation failed", "image_generation_server_error", null, "image_generation_failed");
    }
}
