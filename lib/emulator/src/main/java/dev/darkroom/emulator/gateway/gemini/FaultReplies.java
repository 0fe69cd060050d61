package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.HtmlPages;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The error replies to a request which a fault, its key or a quota rejects; a flagged prompt is no error here, and so
 * not among them. A rate limit says when to come back in a {@code RetryInfo}, as recorded, and never in a header unless
 * the fault is about one.
 *
 * @param model the model asked for
 * @param error why
 */
record FaultReplies(String model, ErrorContext error) {

    private static final String DAY = "GenerateRequestsPerDayPerProjectPerModel-FreeTier";
    private static final String MINUTE = "GenerateRequestsPerMinutePerProjectPerModel";

    Optional<Reply> reply() {
        if (error.isRateLimit()) {
            return switch (error.fault()) {
                case RATE_LIMIT_AVAILABILITY -> Optional.empty();
                case RATE_LIMIT -> Optional.of(error.withRetryHint(Errors.reply(429, quota(MINUTE, true))));
                // What stands behind the API is at its limit: no quota is named, and no time.
                default -> Optional.of(error.withRetryHint(Errors.reply(429, Errors.exhausted())));
            };
        }
        return Optional.ofNullable(
                switch (error.fault()) {
                    case BAD_REQUEST, VALIDATION -> new FieldErrors().missing("contents");
                    case UNAUTHORIZED -> Errors.invalidKey();
                    case CREDITS -> denied("This API method requires billing to be enabled.", 403);
                    case SPENT_QUOTA -> Errors.reply(429, quota(DAY, false));
                    case FORBIDDEN -> denied("The caller does not have permission", 403);
                    case NOT_FOUND -> Errors.notFound();
                    case MODEL_NOT_FOUND -> Errors.modelNotFound(model);
                    case TOO_LARGE -> Errors.error(413, "INVALID_ARGUMENT", "Request payload size exceeds the limit.");
                    case SERVER_ERROR -> Errors.reply(500, Errors.internal());
                    case ERROR_IN_OK -> Errors.reply(200, Errors.internal());
                    case OVERLOADED, UNAVAILABLE, CAPACITY ->
                        error.withRetryHint(Errors.reply(503, Errors.unavailable()));
                    case GATEWAY_TIMEOUT ->
                        Errors.error(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete.");
                    case HTML_BAD_GATEWAY -> HtmlPages.badGateway();
                    case HTML_FORBIDDEN -> HtmlPages.blocked();
                    case PROXY_UNAVAILABLE -> HtmlPages.upstreamReset();
                    default -> null;
                });
    }

    private static Reply denied(String message, int status) {
        return Errors.error(status, "PERMISSION_DENIED", message);
    }

    /** As durations are written in JSON here: with no digit behind the point, or three. */
    private static String written(Duration wait) {
        return wait.toMillis() % 1000 == 0
                ? wait.toSeconds() + "s"
                : String.format(Locale.ROOT, "%d.%03ds", wait.toSeconds(), wait.toMillisPart());
    }

    private ObjectNode quota(String id, boolean comesBack) {
        var wait = written(error.delay());
        var body = Errors.body(
                429,
                "RESOURCE_EXHAUSTED",
                "You exceeded your current quota, please check your plan and billing details."
                        + (comesBack ? " Please retry in " + wait + "." : ""));
        var details = Errors.details(body);
        var violation = Errors.detail(details, "QuotaFailure")
                .putArray("violations")
                .addObject()
                .put("quotaMetric", "generativelanguage.googleapis.com/generate_content_requests")
                .put("quotaId", id);
        violation.putObject("quotaDimensions").put("location", "global").put("model", model);
        violation.put("quotaValue", Integer.toString(error.limit()));
        Errors.detail(details, "Help")
                .putArray("links")
                .addObject()
                .put("description", "Learn more about Gemini API quotas")
                .put("url", "https://ai.google.dev/gemini-api/docs/rate-limits");
        if (comesBack) {
            Errors.detail(details, "RetryInfo").put("retryDelay", wait);
        }
        return body;
    }
}
