package dev.darkroom.internal.gateway.responses;

import dev.darkroom.dialect.Payload;
import dev.darkroom.internal.gateway.common.Fields;
import dev.darkroom.internal.gateway.common.NamedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which items of a response's output are calls of the image tool, in OpenAI's words or in those of a router, and what they say. */
final class ImageCalls {

    private static final List<String> IMAGES =
            List.of("result", "b64_json", "image_b64", "imageB64", "image_url", "imageUrl", "url");

    private static final List<String> PROMPTS = List.of("revised_prompt", "revisedPrompt", "prompt");

    private ImageCalls() {}

    static boolean is(JsonNode item) {
        return item.path("type").asString("").contains("image_generation");
    }

    static NamedImage of(Payload payload, JsonNode item) {
        return new NamedImage(payload, item, IMAGES, PROMPTS);
    }

    /** Whether it says what became of it. */
    static boolean isSettled(NamedImage call) {
        return call.isSettled() || "failed".equals(Fields.text(call.node(), "status"));
    }

    /** The first of a response that failed and says why; null if there is none. */
    static @Nullable JsonNode failed(JsonNode response) {
        return response.path("output")
                .valueStream()
                .filter(item -> is(item) && item.path("error").isObject())
                .findFirst()
                .orElse(null);
    }

    /** The prompt or a reference was found offensive, and nothing was made of it. */
    static boolean isOfTheInput(JsonNode call) {
        return "input".equals(Fields.text(call.path("error").path("moderation_details"), "moderation_stage"));
    }
}
