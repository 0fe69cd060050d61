package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException.Reason;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the refusals of a router mean, OpenRouter or who speaks as it does, whichever of its APIs is asked: by the common table, with
 * what stands in an error's metadata.
 *
 * <table>
 * <caption>From what the router says to the exception</caption>
 * <tr><th>status or word</th><th>exception</th></tr>
 * <tr><td>402</td><td>Rejected: credits; rate limited if only too much is in flight</td></tr>
 * <tr><td>403</td><td>Rejected: moderation, credits (a budget) or forbidden</td></tr>
 * <tr><td>429</td><td>rate limited; Rejected: credits if the quota is spent for good</td></tr>
 * <tr><td>any of them with an availability</td><td>by its {@code retryable}</td></tr>
 * </table>
 *
 * @see <a href="https://openrouter.ai/docs/api_reference/errors-and-debugging">OpenRouter errors</a>
 */
public interface RouterRules extends ErrorRules {

    @Override
    default String costUnit() {
        return UpstreamErrors.COST_UNIT;
    }

    @Override
    default Origin origin(Origin head, ErrorBody error) {
        return UpstreamErrors.origin(head, error);
    }

    @Override
    default @Nullable String message(ErrorBody error) {
        return UpstreamErrors.message(error);
    }

    @Override
    default @Nullable ImageException meaning(Failure failure) {
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
            case 429 -> isSpent(Fields.text(metadata, "raw")) ? failure.rejected(Reason.CREDITS) : null;
            default -> null;
        };
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

    /** What an upstream says is often JSON inside a text. */
    private static boolean isSpent(@Nullable String raw) {
        return raw != null && FailureWords.SPENT.stream().anyMatch(raw::contains);
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
}
