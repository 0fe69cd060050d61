package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.gateway.common.openai.PictureOptions;
import dev.darkroom.emulator.picture.Reference;
import dev.darkroom.emulator.picture.Retouch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request which has passed every rule.
 *
 * @param body as it came
 * @param model which holds the conversation
 * @param prompt all that was said
 * @param references pictures to follow: those of the input, and those of the response it goes on from
 * @param retouch the first of them with its mask, null if there is none
 * @param picture what each picture shall be like, null if there is no tool to paint with
 * @param tool the tool as the response repeats it
 * @param images how many pictures the model makes of it
 * @param partials previews of each, 0 to 3
 * @param stream whether to stream
 * @param background whether it goes on without its connection
 * @param store whether it is kept
 * @param previous the response it goes on from, null if there is none
 */
record CreateRequest(
        JsonNode body,
        String model,
        String prompt,
        List<Reference> references,
        @Nullable Retouch retouch,
        @Nullable PictureOptions picture,
        @Nullable ObjectNode tool,
        int images,
        int partials,
        boolean stream,
        boolean background,
        boolean store,
        @Nullable String previous) {

    /** Whether the model thinks before it acts, as recorded. */
    boolean reasons() {
        return model.contains("gpt-5") || model.contains("gpt-6") || model.endsWith("o3");
    }
}
