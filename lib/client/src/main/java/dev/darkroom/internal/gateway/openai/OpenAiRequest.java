package dev.darkroom.internal.gateway.openai;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.ImagesApiOptions;
import dev.darkroom.internal.gateway.common.ImagesApiRequest;
import dev.darkroom.internal.gateway.common.RequestCheck;
import java.util.List;
import java.util.Map;

/** What OpenAI itself takes of the Images API, which is all of it. */
final class OpenAiRequest {

    static final List<ImageOption<?>> TAKEN = ImagesApiOptions.and(
            ImageOption.N,
            OpenAi.RESPONSE_FORMAT,
            OpenAi.COMPLEXITY,
            OpenAi.MODERATION,
            OpenAi.SAFETY_IDENTIFIER,
            OpenAi.INPUT_FIDELITY,
            OpenAi.FRAME_COUNT,
            OpenAi.FRAME_DURATION_MS,
            OpenAi.SVG_MODEL,
            OpenAi.SVG_EFFORT,
            OpenAi.MARKUP);

    private OpenAiRequest() {}

    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return ImagesApiRequest.unsupported(request, TAKEN);
    }

    static ApiCall call(ImageRequest request) {
        return new ImagesApiRequest(request, new RequestCheck(OpenAi.NAME), ImagesApiRequest.Edits.AS_EITHER)
                .call(unsupported(request));
    }
}
