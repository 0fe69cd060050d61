package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How an API writes a message of words and pictures, whole or as it grows. Stateless. */
public interface MessageShape {

    /** What a payload says, in its order; nothing if it is no part of a message. */
    List<Said> said(Payload payload);

    /** One thing that is said. */
    sealed interface Said {}

    /**
     * Words, in which pictures may stand.
     *
     * @param choice which of several answers they belong to, from 0
     * @param phase as {@link dev.darkroom.image.ImageEvent.TextChunk} has it
     * @param text a string
     */
    record Words(int choice, String phase, JsonNode text) implements Said {}

    /** A picture, in whichever form. */
    record Picture(int choice, JsonNode item) implements Said {}

    /** A picture on the way to another. */
    record Preview(int choice, JsonNode item) implements Said {}

    /**
     * A choice has ended.
     *
     * @param code in the gateway's word for it
     * @param sentence in its words; null if it has none
     */
    record Stop(
            int choice,
            Ending ending,
            String code,
            @Nullable String sentence) implements Said {}

    /** Something went wrong with a choice; the node has an error. */
    record Failed(int choice, JsonNode node) implements Said {}

    /** What the answer says of itself; null where it does not. */
    record About(
            @Nullable String id,
            @Nullable Instant created,
            @Nullable String provider,
            JsonNode usage) implements Said {}

    /** How a choice ends. */
    enum Ending {
        /** All was said. */
        DONE,
        /** It may not be shown, or not be made. */
        MODERATED,
        /** There is no picture, for another reason. */
        NO_IMAGE
    }
}
