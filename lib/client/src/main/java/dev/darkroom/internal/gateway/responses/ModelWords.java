package dev.darkroom.internal.gateway.responses;

import dev.darkroom.dialect.Payload;
import dev.darkroom.image.Billed;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.Fields;
import dev.darkroom.internal.gateway.common.Origin;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a model says in words. Where there is no picture, they are why. */
final class ModelWords {

    private static final int MOST = 16_000;
    private static final Pattern STATUS = Pattern.compile("[a-z_]{1,40}");

    private final StringBuilder words = new StringBuilder();
    private boolean refused;
    private boolean hasAll;

    void say(@Nullable String text) {
        if (text != null && words.length() < MOST) {
            words.append(text, 0, Math.min(text.length(), MOST - words.length()));
        }
    }

    void refuse() {
        refused = true;
    }

    /** A message of the whole response, which is what counts; in a stream it was said before, and perhaps not all of it was heard. */
    void hear(Payload payload, JsonNode message) {
        for (JsonNode part : message.path("content")) {
            refused |= "refusal".equals(Fields.text(part, "type"));
            whole(payload.text(part.path("refusal")));
            whole(payload.text(part.path("text")));
        }
    }

    private void whole(@Nullable String text) {
        if (text != null && !text.isEmpty() && !hasAll) {
            hasAll = true;
            words.setLength(0);
        }
        say(text);
    }

    /** All of it; null if nothing was said. */
    @Nullable
    String all() {
        return words.isEmpty() ? null : words.toString();
    }

    /** Why a response ended without an image; null if it does not say. Once one was begun, nobody says that it costs nothing. */
    @Nullable
    ImageException reason(JsonNode response, Origin origin, PartialResult arrived, boolean begun) {
        var reason = Fields.text(response.path("incomplete_details"), "reason");
        var said = in(origin.details());
        if (refused || (!begun && "content_filter".equals(reason))) {
            return new RejectedException(
                    RejectedException.Reason.MODERATION,
                    origin.gateway() + " refused to make the image (moderation)",
                    said.withCode(reason));
        }
        var status = String.valueOf(Fields.text(response, "status"));
        var plain = STATUS.matcher(status).matches() ? status : "unknown status";
        return status.equals("completed")
                ? null
                : new GenerationFailedException(
                        origin.gateway() + " ended the response without an image: " + plain,
                        said.withCode(reason == null ? plain : reason),
                        Billed.UNKNOWN,
                        arrived);
    }

    /** An answer without an image, with what was said instead. */
    OutcomeUnknownException instead(OutcomeUnknownException without) {
        return new OutcomeUnknownException(
                without.reason(),
                Objects.requireNonNull(without.getMessage()),
                in(without.details()),
                without.partialResult(),
                null);
    }

    private FailureDetails in(FailureDetails details) {
        return words.isEmpty() ? details : details.withProviderMessage(all());
    }
}
