package dev.darkroom.dialect;

import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Salvage;
import dev.darkroom.image.UnavailableException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What OpenRouter's refusals and failures mean, by outcome. It answers in four shapes (an error with a numeric code, an
 * availability error, a schema error, an error event with a word for a code) and, from what stands before it, in HTML.
 *
 * <table>
 * <caption>From what the gateway says to the exception</caption>
 * <tr><th>status or word</th><th>exception</th></tr>
 * <tr><td>400, 405, 409, 412, 415, 422, …</td><td>Rejected: request</td></tr>
 * <tr><td>401</td><td>Rejected: credentials</td></tr>
 * <tr><td>402</td><td>Rejected: credits; rate limited if only too much is in flight</td></tr>
 * <tr><td>403</td><td>Rejected: moderation, credits (a budget) or forbidden</td></tr>
 * <tr><td>404</td><td>Rejected: not found</td></tr>
 * <tr><td>413</td><td>Rejected: too large</td></tr>
 * <tr><td>429</td><td>rate limited; Rejected: credits if the quota is spent for good</td></tr>
 * <tr><td>503, 529</td><td>rate limited with a hint, otherwise unavailable</td></tr>
 * <tr><td>500, 501</td><td>generation failed, billing unknown</td></tr>
 * <tr><td>502, error events</td><td>generation failed, not billed</td></tr>
 * <tr><td>408, 504, 522, 524</td><td>outcome unknown: the gateway gave up waiting, its provider may not have</td></tr>
 * </table>
 *
 * @see <a href="https://openrouter.ai/docs/api_reference/errors-and-debugging">OpenRouter errors</a>
 */
final class OpenRouterFailures {

    static final String GENERATION_ID = "x-generation-id";
    static final String PROVIDER_NAME = "x-provider-name";

    private static final Set<String> MODERATION_WORDS =
            Set.of("content_policy_violation", "moderation_blocked", "refusal", "content_filter");
    private static final Set<String> RATE_WORDS =
            Set.of("rate_limit_exceeded", "rate_limit_error", "too_many_requests", "capacity_exhausted");
    private static final Set<String> SPENT_WORDS = Set.of("insufficient_quota", "billing_hard_limit_reached");

    private final String gateway;
    private final Reply reply;
    private final JsonNode error;
    private final JsonNode metadata;
    private final JsonNode availability;
    private final String word;
    private final int status;

    private OpenRouterFailures(String gateway, Reply reply, JsonNode error, int status) {
        this.gateway = gateway;
        this.reply = reply;
        this.error = error;
        this.status = status;
        this.metadata = error.path("metadata");
        this.availability = error.path("availability");
        this.word = firstWord(
                Fields.text(error, "error_type"),
                Fields.text(metadata, "error_type"),
                Fields.text(availability, "code"),
                Fields.text(error, "code"),
                Fields.text(metadata, "provider_error_code"),
                Fields.text(error, "name"));
    }

    /** The meaning of an answer other than 200. */
    static ImageException of(String gateway, Reply reply, byte[] body) {
        return new OpenRouterFailures(gateway, reply, parse(body).path("error"), reply.status()).byStatus();
    }

    /** The meaning of an error inside a 200: an error event, or a document that is one. */
    static ImageException inBand(String gateway, Reply reply, JsonNode error, boolean begun, Salvage salvage) {
        var code = error.path("code");
        var status = code.isIntegralNumber() && code.canConvertToInt() ? code.intValue() : 0;
        var failure = new OpenRouterFailures(gateway, reply, error, status);
        return begun ? failure.failed(Billed.NO, salvage) : failure.byWord(salvage);
    }

    /** What the head of an answer tells, for failures in which the body plays no part. */
    static FailureDetails head(Reply reply) {
        return new FailureDetails(reply.status(), null, reply.header(PROVIDER_NAME), reply.header(GENERATION_ID), null);
    }

    private ImageException byWord(Salvage salvage) {
        if (MODERATION_WORDS.contains(word)) {
            return rejected(Reason.MODERATION);
        }
        if (RATE_WORDS.contains(word)) {
            return rateLimited();
        }
        return status >= 400 ? byStatus() : failed(Billed.NO, salvage);
    }

    private ImageException byStatus() {
        return switch (status) {
            case 401 -> rejected(Reason.CREDENTIALS);
            case 402 -> isInFlightOnly() ? rateLimited() : rejected(Reason.CREDITS);
            case 403 -> rejected(forbidden());
            case 404 -> rejected(Reason.NOT_FOUND);
            case 413 -> rejected(Reason.TOO_LARGE);
            case 429 -> SPENT_WORDS.contains(word) ? rejected(Reason.CREDITS) : rateLimited();
            case 408, 504, 522, 524 -> timedOut();
            case 502 -> failed(Billed.NO, Salvage.NOTHING);
            case 503, 529 -> notTaken();
            default -> status >= 500 ? failed(Billed.UNKNOWN, Salvage.NOTHING) : odd();
        };
    }

    private ImageException odd() {
        if (status >= 400) {
            return rejected(MODERATION_WORDS.contains(word) ? Reason.MODERATION : Reason.REQUEST);
        }
        if (status >= 300) {
            return new RejectedException(
                    Reason.REQUEST,
                    gateway + " redirects (" + status + "), which is not followed: set the base URL to where it points",
                    details());
        }
        return new OutcomeUnknownException(
                OutcomeUnknownException.Reason.UNDECODABLE,
                gateway + " answered " + status + ", which means nothing here",
                details(),
                Salvage.NOTHING,
                null);
    }

    /** A 402 that only says that too much is in flight is over when something lands. */
    private boolean isInFlightOnly() {
        return "openrouter_in_flight_budget".equals(Fields.text(metadata, "limit_source"))
                && !"weight_exceeds_budget".equals(Fields.text(metadata, "reason"));
    }

    private Reason forbidden() {
        if (metadata.has("flagged_input") || metadata.has("reasons") || MODERATION_WORDS.contains(word)) {
            return Reason.MODERATION;
        }
        var source = Fields.text(metadata, "limit_source");
        return source != null && (source.endsWith("_limit") || source.endsWith("_budget"))
                ? Reason.CREDITS
                : Reason.FORBIDDEN;
    }

    /** With a hint the gateway wants us back at an instant, which is what the gate waits for. */
    private ImageException notTaken() {
        var limited = rateLimited();
        var refusedForGood = availability.has("retryable") && !Fields.flag(availability, "retryable");
        if (refusedForGood) {
            return rejected(Reason.NOT_FOUND);
        }
        return limited.retryAt() != null
                ? limited
                : new UnavailableException(gateway + " did not take the request" + suffix(), details(), null, null);
    }

    private RateLimitedException rateLimited() {
        return new RateLimitedException(
                gateway + " is rate limiting" + suffix(), details(), RetryHint.of(reply, bodyHint()));
    }

    private @Nullable BigDecimal bodyHint() {
        var hint = Fields.number(metadata, "retry_after_seconds");
        if (hint == null) {
            hint = Fields.number(availability, "retry_after");
        }
        if (hint == null) {
            var header = Fields.word(metadata.path("headers"), "Retry-After");
            hint = header != null && header.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") ? new BigDecimal(header) : null;
        }
        return hint;
    }

    private RejectedException rejected(Reason reason) {
        var what = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new RejectedException(reason, gateway + " refused the request: " + what + suffix(), details());
    }

    private GenerationFailedException failed(Billed billed, Salvage salvage) {
        return new GenerationFailedException(gateway + " tried and failed" + suffix(), details(), billed, salvage);
    }

    private OutcomeUnknownException timedOut() {
        return new OutcomeUnknownException(
                OutcomeUnknownException.Reason.TIMED_OUT,
                gateway + " gave up waiting for the image" + suffix(),
                details(),
                Salvage.NOTHING,
                null);
    }

    private String suffix() {
        return status > 0 ? " (" + status + ")" : "";
    }

    private FailureDetails details() {
        var provider = Fields.text(metadata, "provider_name");
        return new FailureDetails(
                status > 0 ? status : reply.status(),
                code(),
                provider == null ? reply.header(PROVIDER_NAME) : provider,
                reply.header(GENERATION_ID),
                message());
    }

    private @Nullable String code() {
        return word.isEmpty() ? Fields.word(error, "code") : word;
    }

    /** {@code Provider returned error} says nothing; what the provider said does. */
    private @Nullable String message() {
        var raw = Fields.text(metadata, "raw");
        var message = Fields.text(error, "message");
        return raw == null ? message : message == null ? raw : message + ": " + raw;
    }

    private static String firstWord(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null) {
                return candidate;
            }
        }
        return "";
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance(); // HTML of a load balancer, or nothing at all: the status must do
        }
    }
}
