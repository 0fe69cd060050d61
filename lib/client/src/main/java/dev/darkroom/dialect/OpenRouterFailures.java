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
import dev.darkroom.wire.Payload;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
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
 * <tr><td>any of them with an availability</td><td>by its {@code retryable}</td></tr>
 * <tr><td>500, 501, …</td><td>generation failed, billing unknown</td></tr>
 * <tr><td>502</td><td>generation failed, not billed; outcome unknown if it is not the router that says so</td></tr>
 * <tr><td>408, 504, 520 to 527</td><td>outcome unknown: somebody gave up waiting, the provider may not have</td></tr>
 * <tr><td>inside a 200, before anything was said of an image</td><td>as above, but what is neither a refusal nor a rate
 *     limit is a failed generation, not billed</td></tr>
 * <tr><td>inside a 200, afterwards</td><td>generation failed, or outcome unknown for a time-out</td></tr>
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
    private static final Set<String> SPENT_WORDS =
            Set.of("insufficient_quota", "billing_hard_limit_reached", "insufficient_balance");

    private final String gateway;
    private final Reply reply;
    private final JsonNode error;
    private final JsonNode metadata;
    private final JsonNode availability;
    private final Function<JsonNode, @Nullable String> texts;
    private final List<String> words;
    private final int status;

    private OpenRouterFailures(
            String gateway, Reply reply, JsonNode error, int status, Function<JsonNode, @Nullable String> texts) {
        this.gateway = gateway;
        this.reply = reply;
        this.error = error;
        this.status = status;
        this.texts = texts;
        this.metadata = error.path("metadata");
        this.availability = error.path("availability");
        this.words = Stream.of(
                        Fields.text(error, "error_type"),
                        Fields.text(metadata, "error_type"),
                        Fields.text(availability, "code"),
                        Fields.text(error, "code"),
                        Fields.text(metadata, "provider_error_code"),
                        Fields.text(error, "type"),
                        Fields.text(error, "name"))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** The meaning of an answer other than 200. */
    static ImageException of(String gateway, Reply reply, byte[] body) {
        var error = error(parse(body));
        return new OpenRouterFailures(gateway, reply, error, reply.status(), OpenRouterFailures::text).byStatus();
    }

    /** The meaning of an error inside a 200: an error event, or a document that is one. */
    static ImageException inBand(String gateway, Reply reply, Payload payload, boolean begun, Salvage salvage) {
        var error = error(payload.json());
        var failure = new OpenRouterFailures(gateway, reply, error, statusIn(error), payload::text);
        return begun ? failure.afterwards(salvage) : failure.inBand();
    }

    /** The object, wherever it is: under {@code error}, as a mere text there, or the whole. */
    private static JsonNode error(JsonNode body) {
        var error = body.path("error");
        if (error.isString()) {
            return JsonNodeFactory.instance.objectNode().set("message", error);
        }
        return error.isObject() || !body.isObject() ? error : body;
    }

    /** The status which an error inside a 200 would have had: a number, a number as text, or none. */
    private static int statusIn(JsonNode error) {
        for (String name : List.of("http_status", "code")) {
            var number = Fields.integer(error, name);
            if (number != null && number >= 100 && number <= 599) {
                return number.intValue();
            }
        }
        return 0;
    }

    /** What the head of an answer tells, for failures in which the body plays no part. */
    static FailureDetails head(Reply reply) {
        return new FailureDetails(reply.status(), null, reply.header(PROVIDER_NAME), reply.header(GENERATION_ID), null);
    }

    private ImageException inBand() {
        if (isSaid(SPENT_WORDS)) {
            return rejected(Reason.CREDITS);
        }
        if (isSaid(MODERATION_WORDS)) {
            return rejected(Reason.MODERATION);
        }
        if (status == 429 || isSaid(RATE_WORDS)) {
            return rateLimited();
        }
        if (isTimeout()) {
            return timedOut(Salvage.NOTHING);
        }
        return status >= 400 && status < 500 ? byStatus() : failed(Billed.NO, Salvage.NOTHING);
    }

    /** The generation was accepted, so whatever is said now is said of it. */
    private ImageException afterwards(Salvage salvage) {
        if (isTimeout()) {
            return timedOut(salvage);
        }
        return failed(salvage.images().isEmpty() ? Billed.NO : Billed.UNKNOWN, salvage);
    }

    private boolean isSaid(Set<String> vocabulary) {
        return words.stream().anyMatch(vocabulary::contains);
    }

    private boolean isTimeout() {
        return status == 408 || status == 504 || (status >= 520 && status <= 527) || words.contains("timeout");
    }

    private ImageException byStatus() {
        if (isTimeout()) {
            return timedOut(Salvage.NOTHING);
        }
        if (availability.has("retryable")) {
            return Fields.flag(availability, "retryable") ? notTaken() : rejected(availabilityReason());
        }
        return switch (status) {
            case 401 -> rejected(Reason.CREDENTIALS);
            case 402 -> isInFlightOnly() ? rateLimited() : rejected(Reason.CREDITS);
            case 403 -> rejected(forbidden());
            case 404 -> rejected(Reason.NOT_FOUND);
            case 413 -> rejected(Reason.TOO_LARGE);
            case 429 -> isSaid(SPENT_WORDS) || rawSays(SPENT_WORDS) ? rejected(Reason.CREDITS) : rateLimited();
            case 502 ->
                error.isObject() && !error.isEmpty() ? failed(Billed.NO, Salvage.NOTHING) : timedOut(Salvage.NOTHING);
            case 503, 529 -> notTaken();
            default -> status >= 500 ? failed(Billed.UNKNOWN, Salvage.NOTHING) : odd();
        };
    }

    /** What a provider said is often JSON inside a text. */
    private boolean rawSays(Set<String> vocabulary) {
        var raw = Fields.text(metadata, "raw");
        return raw != null && vocabulary.stream().anyMatch(raw::contains);
    }

    private Reason availabilityReason() {
        if (words.contains("region_restricted") || words.contains("privacy_restricted")) {
            return Reason.FORBIDDEN;
        }
        return words.contains("constraint_filtered") ? Reason.REQUEST : Reason.NOT_FOUND;
    }

    private ImageException odd() {
        if (status >= 400) {
            return rejected(isSaid(MODERATION_WORDS) ? Reason.MODERATION : Reason.REQUEST);
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
        if (metadata.has("flagged_input") || metadata.has("reasons") || isSaid(MODERATION_WORDS)) {
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
        return limited.retryAt() != null || status == 429
                ? limited
                : new UnavailableException(gateway + " did not take the request" + suffix(), details(), null, null);
    }

    private RateLimitedException rateLimited() {
        return new RateLimitedException(
                gateway + " is rate limiting" + suffix(), details(), RetryHint.of(reply, bodyHint()));
    }

    private @Nullable BigDecimal bodyHint() {
        var headers = metadata.path("headers");
        return Stream.of(
                        Fields.number(metadata, "retry_after_seconds"),
                        Fields.number(metadata, "retry_after_seconds_raw"),
                        Fields.number(availability, "retry_after"),
                        Fields.number(headers, "Retry-After"),
                        Fields.number(headers, "retry-after"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private RejectedException rejected(Reason reason) {
        var what = reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new RejectedException(reason, gateway + " refused the request: " + what + suffix(), details());
    }

    private GenerationFailedException failed(Billed billed, Salvage salvage) {
        return new GenerationFailedException(gateway + " tried and failed" + suffix(), details(), billed, salvage);
    }

    private OutcomeUnknownException timedOut(Salvage salvage) {
        return new OutcomeUnknownException(
                OutcomeUnknownException.Reason.TIMED_OUT,
                gateway + ", or what stands before it, gave up waiting for the image" + suffix(),
                details(),
                salvage,
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
        return words.isEmpty() ? Fields.word(error, "code") : words.get(0);
    }

    /** {@code Provider returned error} says nothing; what the provider said does. */
    private @Nullable String message() {
        var raw = texts.apply(metadata.path("raw"));
        var message = texts.apply(error.path("message"));
        return raw == null ? message : message == null ? raw : message + ": " + raw;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance(); // HTML of a load balancer, or nothing at all: the status must do
        }
    }
}
