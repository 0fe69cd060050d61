package dev.darkroom.dialect;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.image.Salvage;
import dev.darkroom.wire.Payload;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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

    private final ErrorBody body;
    private final JsonNode metadata;
    private final JsonNode availability;
    private final Failure failure;

    private OpenRouterFailures(Origin origin, ErrorBody body, int status) {
        this.body = body;
        this.metadata = body.node().path("metadata");
        this.availability = body.node().path("availability");
        this.failure =
                new Failure(told(origin, metadata), status, words(), Fields.word(body.node(), "code"), message());
    }

    /** The meaning of an answer without success. */
    static ImageException of(Origin origin, byte[] body) {
        return new OpenRouterFailures(origin, ErrorBody.of(body), origin.reply().status()).byStatus();
    }

    /** The meaning of an error inside a 200: an error event, or a document that is one. */
    static ImageException inBand(Origin origin, Payload payload, boolean begun, Salvage salvage) {
        var body = ErrorBody.of(payload);
        var failures = new OpenRouterFailures(origin, body, body.status());
        var billed = salvage.images().isEmpty() ? Billed.NO : Billed.UNKNOWN;
        return begun
                ? StatusTable.after(failures.failure, salvage, billed)
                : StatusTable.before(failures.failure, failures.hint(), failures::byStatus, Billed.NO);
    }

    /** The body knows better than the head who was asked. */
    private static Origin told(Origin origin, JsonNode metadata) {
        var provider = Fields.text(metadata, "provider_name");
        return new Origin(
                origin.gateway(),
                origin.reply(),
                origin.generationId(),
                provider == null ? origin.provider() : provider);
    }

    private List<String> words() {
        var error = body.node();
        return ErrorBody.words(Stream.of(
                Fields.text(error, "error_type"),
                Fields.text(metadata, "error_type"),
                Fields.text(availability, "code"),
                Fields.text(error, "code"),
                Fields.text(metadata, "provider_error_code"),
                Fields.text(error, "type"),
                Fields.text(error, "name")));
    }

    /** {@code Provider returned error} says nothing; what the provider said does. */
    private @Nullable String message() {
        var raw = body.text(metadata.path("raw"));
        var message = body.message();
        return raw == null ? message : message == null ? raw : message + ": " + raw;
    }

    private ImageException byStatus() {
        if (failure.isTimeout()) {
            return failure.timedOut(Salvage.NOTHING);
        }
        if (availability.has("retryable")) {
            return Fields.flag(availability, "retryable")
                    ? failure.notTaken(hint())
                    : failure.rejected(availabilityReason());
        }
        return switch (failure.status()) {
            case 402 -> isInFlightOnly() ? failure.rateLimited(hint()) : failure.rejected(Reason.CREDITS);
            case 403 -> failure.rejected(forbidden());
            case 429 -> rawSays(FailureWords.SPENT) ? failure.rejected(Reason.CREDITS) : byCommonTable();
            case 502 -> body.isSpoken() ? failure.failed(Billed.NO, Salvage.NOTHING) : byCommonTable();
            default -> byCommonTable();
        };
    }

    private ImageException byCommonTable() {
        return StatusTable.byStatus(failure, body.isSpoken(), hint());
    }

    /** What a provider said is often JSON inside a text. */
    private boolean rawSays(Set<String> vocabulary) {
        var raw = Fields.text(metadata, "raw");
        return raw != null && vocabulary.stream().anyMatch(raw::contains);
    }

    private Reason availabilityReason() {
        if (failure.says(Set.of("region_restricted", "privacy_restricted"))) {
            return Reason.FORBIDDEN;
        }
        return failure.says(Set.of("constraint_filtered")) ? Reason.REQUEST : Reason.NOT_FOUND;
    }

    /** A 402 that only says that too much is in flight is over when something lands. */
    private boolean isInFlightOnly() {
        return "openrouter_in_flight_budget".equals(Fields.text(metadata, "limit_source"))
                && !"weight_exceeds_budget".equals(Fields.text(metadata, "reason"));
    }

    private Reason forbidden() {
        if (metadata.has("flagged_input") || metadata.has("reasons") || failure.says(FailureWords.MODERATION)) {
            return Reason.MODERATION;
        }
        var source = Fields.text(metadata, "limit_source");
        return source != null && (source.endsWith("_limit") || source.endsWith("_budget"))
                ? Reason.CREDITS
                : Reason.FORBIDDEN;
    }

    private @Nullable BigDecimal hint() {
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
}
