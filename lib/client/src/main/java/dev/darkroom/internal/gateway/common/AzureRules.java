package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.RejectedException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Azure's refusals and failures mean: by the common table, which knows its words for a filtered prompt or picture. What its API
 * Management says lies flat, and is none of the service's own words.
 */
public final class AzureRules implements ErrorRules {

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

    /**
     * Who answers, by the head. Support asks for the second handle; where the first is, the model's own side wrote it.
     *
     * @param gateway what messages call it
     */
    public static Origin origin(String gateway, Reply reply) {
        var origin = Origin.of(gateway, reply, "x-request-id");
        return origin.generationId() == null ? Origin.of(gateway, reply, "apim-request-id") : origin;
    }
}
