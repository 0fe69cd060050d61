package dev.darkroom.emulator.gateway.common.openai;

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
public record Usage(long text, long pictures, long made) {

    private static final int CHARS_PER_TOKEN = 4;
    private static final int PER_REFERENCE = 194;
    private static final int PER_PARTIAL = 100;

    /**
     * Of some images.
     *
     * @param picture what each is like
     * @param prompt what they show
     * @param pictures how many references
     * @param images how many were made
     * @param partials previews of all of them
     * @return the tokens
     */
    public static Usage of(PictureOptions picture, String prompt, int pictures, int images, int partials) {
        long text = tokens(prompt.length());
        long references = (long) PER_REFERENCE * pictures;
        long square = switch (picture.quality()) {
            case "low" -> 272;
            case "medium" -> 1056;
            default -> 4160;
        };
        long image = Math.max(1, square * picture.size().area() / (1024 * 1024));
        return new Usage(images * text, images * references, images * image + (long) partials * PER_PARTIAL);
    }

    /**
     * What a model was paid for writing markup, beside what was painted.
     *
     * @param author the model
     * @param prompt what it was told
     * @param characters of markup
     * @return the object on the wire
     */
    public static ObjectNode ofMarkup(String author, String prompt, long characters) {
        long input = tokens(prompt.length());
        long output = tokens(characters);
        return Json.object()
                .put("input_tokens", input)
                .put("model", author)
                .put("output_tokens", output)
                .put("reasoning_tokens", 0)
                .put("total_tokens", input + output);
    }

    private static long tokens(long characters) {
        return Math.max(1, (characters + CHARS_PER_TOKEN - 1) / CHARS_PER_TOKEN);
    }

    /**
     * As in a buffered answer.
     *
     * @return the object on the wire
     */
    public ObjectNode document() {
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
