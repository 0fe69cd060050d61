package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.image.Billed;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.internal.gateway.common.ErrorBody;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;
import dev.darkroom.internal.gateway.common.FailureWords;
import dev.darkroom.internal.gateway.common.Fields;
import dev.darkroom.internal.gateway.common.Origin;
import dev.darkroom.internal.gateway.common.UpstreamErrors;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What OpenRouter's refusals and failures mean: by the common table, with rules of its own. It answers in four shapes (an error with a numeric code, an
 * availability error, a schema error, an error event with a word for a code) and, from what stands before it, in HTML.
 *
 * <table>
 * <caption>From what the gateway says to the exception</caption>
 * <tr><th>status or word</th><th>exception</th></tr>
 * <tr><td>402</td><td>Rejected: credits; rate limited if only too much is in flight</td></tr>
 * <tr><td>403</td><td>Rejected: moderation, credits (a budget) or forbidden</td></tr>
 * <tr><td>429</td><td>rate limited; Rejected: credits if the quota is spent for good</td></tr>
 * <tr><td>any of them with an availability</td><td>by its {@code retryable}</td></tr>
 * <tr><td>502, if it is the router that says so</td><td>generation failed, not billed</td></tr>
 * <tr><td>inside a 200, before anything was made</td><td>generation failed, not billed</td></tr>
 * </table>
 *
 * @see <a href="https://openrouter.ai/docs/api_reference/errors-and-debugging">OpenRouter errors</a>
 */
final class OpenRouterFailures implements ErrorRules {

    @Override
    public String costUnit() {
        return UpstreamErrors.COST_UNIT;
    }

    @Override
    public Origin origin(Origin head, ErrorBody error) {
        return UpstreamErrors.origin(head, error);
    }

    @Override
    public @Nullable String message(ErrorBody error) {
        return UpstreamErrors.message(error);
    }

    @Override
    public @Nullable ImageException meaning(Failure failure) {
        if (failure.isTimeout()) {
            return null;
        }
        var availability = failure.error().node().path("availability");
        if (availability.has("retryable")) {
            return Fields.flag(availability, "retryable")
                    ? failure.notTaken()
                    : failure.rejected(availabilityReason(failure));
        }
        var metadata = UpstreamErrors.metadata(failure.error());
        return switch (failure.status()) {
            case 402 -> isInFlightOnly(metadata) ? failure.rateLimited() : null;
            case 403 -> forbidden(failure, metadata);
            case 429 -> rawSays(metadata, FailureWords.SPENT) ? failure.rejected(Reason.CREDITS) : null;
            case 502 -> failure.isOwn() ? failure.failed(Billed.NO, PartialResult.NOTHING) : null;
            default -> null;
        };
    }

    /** What a provider said is often JSON inside a text. */
    private static boolean rawSays(JsonNode metadata, Set<String> vocabulary) {
        var raw = Fields.text(metadata, "raw");
        return raw != null && vocabulary.stream().anyMatch(raw::contains);
    }

    private static Reason availabilityReason(Failure failure) {
        if (failure.says(Set.of("region_restricted", "privacy_restricted"))) {
            return Reason.FORBIDDEN;
        }
        return failure.says(Set.of("constraint_filtered")) ? Reason.REQUEST : Reason.NOT_FOUND;
    }

    /** A 402 that only says that too much is in flight is over when something lands. */
    private static boolean isInFlightOnly(JsonNode metadata) {
        return "openrouter_in_flight_budget".equals(Fields.text(metadata, "limit_source"))
                && !"weight_exceeds_budget".equals(Fields.text(metadata, "reason"));
    }

    private static @Nullable ImageException forbidden(Failure failure, JsonNode metadata) {
        if (metadata.has("flagged_input") || metadata.has("reasons")) {
            return failure.rejected(Reason.MODERATION);
        }
        var source = Fields.text(metadata, "limit_source");
        return source != null && (source.endsWith("_limit") || source.endsWith("_budget"))
                ? failure.rejected(Reason.CREDITS)
                : null;
    }

    /** The image guide: all or nothing, and what fails is not billed. */
    @Override
    public Billed billed(boolean begun, int made) {
        return made > 0 ? Billed.UNKNOWN : Billed.NO;
    }
}
