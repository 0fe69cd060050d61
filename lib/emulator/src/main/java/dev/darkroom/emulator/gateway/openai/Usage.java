package dev.darkroom.emulator.gateway.openai;

import dev.darkroom.emulator.gateway.common.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens: of text by its length, of each reference as recorded, of images by quality and area as recorded, and 100 more
 * for each preview.
 *
 * @param text tokens of the prompt
 * @param pictures tokens of the references
 * @param made tokens of the images
 */
record Usage(long text, long pictures, long made) {

    private static final int CHARS_PER_TOKEN = 4;
    private static final int PER_REFERENCE = 194;
    private static final int PER_PARTIAL = 100;

    static Usage of(ImageRequest request, int images, int partials) {
        long text = Math.max(1, (request.prompt().length() + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN);
        long references = (long) PER_REFERENCE * request.references().size();
        long square = switch (request.quality()) {
            case "low" -> 272;
            case "medium" -> 1056;
            default -> 4160;
        };
        long image = Math.max(1, square * request.size().area() / (1024 * 1024));
        return new Usage(images * text, images * references, images * image + (long) partials * PER_PARTIAL);
    }

    /** As in a buffered answer. */
    ObjectNode document() {
        var json = Json.object().put("input_tokens", text + pictures);
        details(json.putObject("input_tokens_details"), pictures, text);
        json.put("output_tokens", made);
        details(json.putObject("output_tokens_details"), made, 0);
        return json.put("total_tokens", text + pictures + made);
    }

    /** As in a completed event, which does not split the output. */
    ObjectNode event() {
        var json = Json.object()
                .put("input_tokens", text + pictures)
                .put("output_tokens", made)
                .put("total_tokens", text + pictures + made);
        json.putObject("input_tokens_details").put("text_tokens", text).put("image_tokens", pictures);
        return json;
    }

    private static void details(ObjectNode json, long images, long texts) {
        json.put("image_tokens", images).put("text_tokens", texts);
    }
}
