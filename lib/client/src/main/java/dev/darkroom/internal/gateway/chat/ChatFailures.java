package dev.darkroom.internal.gateway.chat;

import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException.Reason;
import dev.darkroom.internal.gateway.common.ErrorBody;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;
import dev.darkroom.internal.gateway.common.FailureWords;
import dev.darkroom.internal.gateway.common.Fields;
import dev.darkroom.internal.gateway.common.Origin;
import dev.darkroom.internal.gateway.common.UpstreamErrors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the refusals and failures of chat gateways mean: by the common table, with what OpenRouter says in an error's metadata:
 * who was asked, what that one said, that a 402 only means too much at once, that a 403 is moderation or a budget.
 *
 * @see <a href="https://openrouter.ai/docs/api_reference/errors-and-debugging">OpenRouter errors</a>
 */
final class ChatFailures implements ErrorRules {

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
        var metadata = UpstreamErrors.metadata(failure.error());
        var source = Fields.text(metadata, "limit_source");
        return switch (failure.status()) {
            case 402 ->
                "openrouter_in_flight_budget".equals(source)
                                && !"weight_exceeds_budget".equals(Fields.text(metadata, "reason"))
                        ? failure.rateLimited()
                        : null;
            case 403 -> forbidden(failure, metadata, source);
            case 429 -> isSpent(Fields.text(metadata, "raw")) ? failure.rejected(Reason.CREDITS) : null;
            default -> null;
        };
    }

    /** What an upstream says is often JSON inside a text. */
    private static boolean isSpent(@Nullable String raw) {
        return raw != null && FailureWords.SPENT.stream().anyMatch(raw::contains);
    }

    private static @Nullable ImageException forbidden(Failure failure, JsonNode metadata, @Nullable String source) {
        if (metadata.has("flagged_input") || metadata.has("reasons")) {
            return failure.rejected(Reason.MODERATION);
        }
        return source != null && (source.endsWith("_limit") || source.endsWith("_budget"))
                ? failure.rejected(Reason.CREDITS)
                : null;
    }
}
