package dev.darkroom.internal.gateway.azure;

import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Azure;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failure;
import dev.darkroom.internal.gateway.common.Origin;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Azure's refusals and failures mean: by the common table, which knows its words for a filtered prompt or picture. What its API
 * Management says lies flat, and is none of the service's own words.
 */
final class AzureFailures implements ErrorRules {

    /** A 403 with a number for its code: the sentence alone tells it from a key that may not. */
    private static final Pattern SPENT = Pattern.compile("(?is).*out of call volume quota.*");

    @Override
    public @Nullable ImageException meaning(Failure failure) {
        var message = failure.message();
        return failure.status() == 403
                        && message != null
                        && SPENT.matcher(message).matches()
                ? failure.rejected(RejectedException.Reason.CREDITS)
                : null;
    }

    /** Support asks for the second; where the first is, the model's own side wrote it. */
    static Origin origin(Reply reply) {
        var origin = Origin.of(Azure.NAME, reply, "x-request-id");
        return origin.generationId() == null ? Origin.of(Azure.NAME, reply, "apim-request-id") : origin;
    }
}
