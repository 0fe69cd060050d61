package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.dialect.BodyPart;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.gateway.ProviderRouting;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import dev.darkroom.internal.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the body of {@code POST /images}. What can be known to be wrong is refused here; which values a model accepts
 * is the service's business.
 *
 * @see <a href="https://openrouter.ai/docs/guides/overview/multimodal/image-generation">OpenRouter image generation</a>
 */
final class OpenRouterRequest {

    private static final int MOST_IMAGES = 10;
    private static final int MOST_REFERENCES = 16;
    private static final int LONGEST_SESSION_ID = 256;

    /** Every field of the API; an extra of that name would contradict a wither. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "prompt",
            "n",
            "aspect_ratio",
            "background",
            "input_references",
            "output_compression",
            "output_format",
            "provider",
            "quality",
            "resolution",
            "seed",
            "size",
            "stream",
            "user",
            "session_id",
            "trace");

    static final List<ImageOption<?>> TAKEN = List.of(
            ImageOption.N,
            ImageOption.SIZE,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.QUALITY,
            ImageOption.OUTPUT_FORMAT,
            ImageOption.OUTPUT_COMPRESSION,
            ImageOption.BACKGROUND,
            ImageOption.SEED,
            ImageOption.REFERENCES,
            OpenRouter.RESPONSE_FORMAT,
            OpenRouter.ROUTING,
            ImageOption.USER,
            OpenRouter.SESSION_ID,
            OpenRouter.TRACE);

    private final ImageRequest request;
    private final RequestCheck check;

    OpenRouterRequest(ImageRequest request, String gateway) {
        this.request = request;
        this.check = new RequestCheck(gateway);
    }

    /** The API sends the image itself and nothing else, so asking for that is asking for nothing. */
    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return new OptionsTaken(request, TAKEN)
                .require(
                        request.get(OpenRouter.RESPONSE_FORMAT).stream().allMatch(ResponseFormat.BASE64::equals),
                        OpenRouter.RESPONSE_FORMAT,
                        "it always sends the image itself, " + ResponseFormat.BASE64)
                .refused();
    }

    List<BodyPart> body() {
        check.refuse(request, unsupported(request));
        check.range(request, ImageOption.N, 1, MOST_IMAGES);
        check.range(request, ImageOption.OUTPUT_COMPRESSION, 0, 100);
        check.references(request, MOST_REFERENCES);
        check.looks(request);
        check.texts(request, "author/slug", FIELDS);
        checkRouting();
        var references = ReferencePart.all(request, check, ReferencePart.Stored.NOWHERE);
        check.throwIfRefused();
        return write(references);
    }

    private void checkRouting() {
        request.get(OpenRouter.SESSION_ID)
                .ifPresent(session -> check.require(
                        session.length() <= LONGEST_SESSION_ID,
                        "session_id must have at most " + LONGEST_SESSION_ID + " characters, not " + session.length()));
        request.get(OpenRouter.TRACE)
                .ifPresent(trace -> check.require(JsonText.isWritable(trace), "trace must hold JSON values"));
        request.get(OpenRouter.ROUTING)
                .ifPresent(routing ->
                        check.require(JsonText.isWritable(routing.options()), "provider options must be JSON values"));
    }

    private List<BodyPart> write(List<ReferencePart> references) {
        var body = new JsonBody();
        body.member("model", request.model());
        body.member("prompt", request.prompt());
        body.member("n", request.get(ImageOption.N));
        body.word("size", request.size());
        body.word("aspect_ratio", request.aspectRatio());
        body.word("resolution", request.resolution());
        body.word("quality", request.quality());
        body.word("output_format", request.outputFormat());
        body.member("output_compression", request.get(ImageOption.OUTPUT_COMPRESSION));
        body.word("background", request.background());
        body.member("seed", request.get(ImageOption.SEED));
        body.member("stream", request.options().contains(ImageOption.STREAM) ? request.stream() : null);
        body.member("provider", request.get(OpenRouter.ROUTING).map(ProviderRouting::fields));
        body.member("user", request.user());
        body.member("session_id", request.get(OpenRouter.SESSION_ID));
        body.member("trace", request.get(OpenRouter.TRACE).filter(trace -> !trace.isEmpty()));
        request.extras().forEach(body::explicit);
        if (!references.isEmpty()) {
            body.images("input_references", references, JsonBody.Form.TYPED);
        }
        return body.finish();
    }
}
