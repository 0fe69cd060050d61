package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.Json;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens, and at OpenRouter their price: $0.06 a thousand of an image's, as its guide's example comes to.
 *
 * @param request what was asked for
 */
record Usage(ImageRequest request) {

    private static final int CHARS_PER_TOKEN = 4;
    private static final int PER_REFERENCE = 258;
    private static final int PER_IMAGE = 1290;
    private static final BigDecimal DOLLARS = new BigDecimal("0.00006");

    ObjectNode json(int made) {
        long prompt = Math.max(1, request.prompt().length() / CHARS_PER_TOKEN)
                + (long) PER_REFERENCE * request.references().size();
        long images = (long) made * PER_IMAGE;
        long completion = images + (request.text() ? 5 : 0);
        var json = Json.object()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        if (request.model().router()) {
            var cost = DOLLARS.multiply(BigDecimal.valueOf(completion));
            json.put("cost", cost).put("is_byok", false);
            json.putObject("cost_details").put("upstream_inference_cost", cost);
        }
        json.putObject("prompt_tokens_details").put("cached_tokens", 0);
        json.putObject("completion_tokens_details").put("reasoning_tokens", 0).put("image_tokens", images);
        return json;
    }
}
