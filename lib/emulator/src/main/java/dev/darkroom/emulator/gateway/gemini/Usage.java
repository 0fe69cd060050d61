package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens: of the prompt by its length and its pictures, of images by the model and the size. Thoughts cost whether they
 * are shown or not.
 *
 * @param request what was asked for
 */
record Usage(ImageRequest request) {

    private static final int CHARS_PER_TOKEN = 4;
    private static final int PER_REFERENCE = 258;
    private static final int THOUGHTS = 200;
    private static final long LARGE = 2048L * 2048;
    private static final int LARGE_IMAGE = 2000;

    /** So far: a piece of a stream tells what it has come to. */
    ObjectNode json(int made) {
        long words = Math.max(1, request.prompt().length() / CHARS_PER_TOKEN);
        long pictures = (long) PER_REFERENCE * request.references().size();
        long images = (long) made
                * (request.size().area() > LARGE ? LARGE_IMAGE : request.model().tokensPerImage());
        long thoughts = request.model().thinks() ? THOUGHTS : 0;
        var json = Json.object().put("promptTokenCount", words + pictures);
        if (made > 0) {
            json.put("candidatesTokenCount", images);
        }
        json.put("totalTokenCount", words + pictures + images + thoughts);
        var prompt = json.putArray("promptTokensDetails");
        AnswerJson.tokens(prompt, "TEXT", words);
        AnswerJson.tokens(prompt, "IMAGE", pictures);
        if (made > 0) {
            AnswerJson.tokens(json.putArray("candidatesTokensDetails"), "IMAGE", images);
        }
        if (thoughts > 0) {
            json.put("thoughtsTokenCount", thoughts);
        }
        return json;
    }
}
