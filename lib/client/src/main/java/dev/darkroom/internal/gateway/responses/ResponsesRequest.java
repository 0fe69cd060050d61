package dev.darkroom.internal.gateway.responses;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.gateway.Responses;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.common.ImagesApiOptions;
import dev.darkroom.internal.gateway.common.ImagesApiSize;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.OutputFormatRules;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import dev.darkroom.internal.gateway.common.RequestedSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request of the Responses API with one tool, which the model is made to call. What can be known to be wrong is refused
 * here; which values a model accepts is the service's business.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses/create">OpenAI Responses API</a>
 */
final class ResponsesRequest {

    private static final int MOST_REFERENCES = 16;
    private static final int MOST_PREVIEWS = 3;

    /** Every field which this class writes; an extra of that name would contradict a wither. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "input",
            "tools",
            "stream",
            "background",
            "background_options",
            "previous_response_id",
            "safety_identifier");

    private static final String TOOL_CHOICE = "tool_choice";
    private static final String TOOL = "image_generation";

    static final List<ImageOption<?>> TAKEN = ImagesApiOptions.and(
            Responses.IMAGE_MODEL,
            Responses.ACTION,
            Responses.COMPLEXITY,
            Responses.MODERATION,
            Responses.INPUT_FIDELITY,
            Responses.FRAME_COUNT,
            Responses.FRAME_DURATION_MS,
            Responses.SVG_MODEL,
            Responses.SVG_EFFORT,
            Responses.SAFETY_IDENTIFIER,
            Responses.PREVIOUS_RESPONSE_ID,
            Responses.IN_BACKGROUND,
            Responses.COMPLETION_WINDOW);

    private final ImageRequest request;
    private final Endpoint endpoint;
    private final OutputFormatRules format;
    private final RequestCheck check = new RequestCheck(Responses.NAME);

    ResponsesRequest(ImageRequest request, Endpoint endpoint) {
        this.request = request;
        this.endpoint = endpoint;
        this.format = new OutputFormatRules(request);
    }

    static Map<ImageOption<?>, String> unsupported(ImageRequest request, Place place) {
        var taken = new OutputFormatRules(request).refuse(new OptionsTaken(request, TAKEN));
        return place.refuse(taken, request)
                .require(
                        request.size() != null || RequestedSize.of(request).shape() != null,
                        ImageOption.RESOLUTION,
                        "it takes pixels, which a resolution has only together with an aspect_ratio")
                .refused();
    }

    ApiCall call() {
        check.refuse(request, unsupported(request, endpoint.place()));
        format.check(check);
        check.range(request, ImageOption.OUTPUT_COMPRESSION, 0, 100);
        check.range(request, ImageOption.PARTIAL_IMAGES, 0, MOST_PREVIEWS);
        check.require(
                request.partialImages().orElse(0) == 0 || request.stream(),
                "partial_images are sent only with stream(true)");
        check.references(request, MOST_REFERENCES);
        check.looks(request);
        check.texts(request, "the id of a model that calls tools", FIELDS);
        var window = request.get(Responses.COMPLETION_WINDOW);
        check.require(
                window.isEmpty() || request.get(Responses.IN_BACKGROUND).orElse(false),
                "completion_window needs in_background");
        check.require(
                window.isEmpty() || window.get().equals("soonest") || !request.stream(),
                "completion_window " + window.orElse("") + " is not taken with stream(true)");
        var size = ImagesApiSize.of(request, check);
        var references = ReferencePart.all(request, check, id -> id);
        var mask = ReferencePart.mask(request, check, id -> id);
        check.throwIfRefused();
        var headers = new LinkedHashMap<>(endpoint.place().headers(request));
        headers.put("Accept", ApiCall.accept(request));
        headers.put("Content-Type", "application/json");
        return new ApiCall(
                "POST", endpoint.path(), headers, body(size, references, mask).finish());
    }

    private JsonBody body(@Nullable Size size, List<ReferencePart> references, Optional<ReferencePart> mask) {
        var body = new JsonBody();
        body.member("model", request.model());
        body.array(
                "input",
                () -> body.element(() -> {
                    body.member("role", "user");
                    body.array("content", () -> {
                        body.element(() -> {
                            body.member("type", "input_text");
                            body.member("text", request.prompt());
                        });
                        references.forEach(image -> body.element(() -> {
                            body.member("type", "input_image");
                            body.image(image.isStored() ? "file_id" : "image_url", image, JsonBody.Form.TEXT);
                        }));
                    });
                }));
        body.array("tools", () -> body.element(() -> tool(body, size, mask)));
        if (!request.extras().containsKey(TOOL_CHOICE)) {
            body.object(TOOL_CHOICE, () -> body.member("type", TOOL));
        }
        body.member("stream", request.options().contains(ImageOption.STREAM) ? request.stream() : null);
        body.member("background", request.get(Responses.IN_BACKGROUND));
        request.get(Responses.COMPLETION_WINDOW)
                .ifPresent(window -> body.object("background_options", () -> body.member("completion_window", window)));
        body.member("previous_response_id", request.get(Responses.PREVIOUS_RESPONSE_ID));
        body.member(
                "safety_identifier", request.get(Responses.SAFETY_IDENTIFIER).orElse(request.user()));
        request.extras().forEach(body::explicit);
        return body;
    }

    private void tool(JsonBody body, @Nullable Size size, Optional<ReferencePart> mask) {
        body.member("type", TOOL);
        body.member("model", request.get(Responses.IMAGE_MODEL));
        body.member("action", request.get(Responses.ACTION));
        body.word("size", size);
        body.word("quality", request.quality());
        body.word("output_format", request.outputFormat());
        body.member("output_compression", request.get(ImageOption.OUTPUT_COMPRESSION));
        body.word("background", request.background());
        body.member("complexity", request.get(Responses.COMPLEXITY));
        body.member("moderation", request.get(Responses.MODERATION));
        body.member("input_fidelity", request.get(Responses.INPUT_FIDELITY));
        body.member("frame_count", request.get(Responses.FRAME_COUNT));
        body.member("frame_duration_ms", request.get(Responses.FRAME_DURATION_MS));
        body.member("svg", format.svg());
        body.member("partial_images", request.get(ImageOption.PARTIAL_IMAGES));
        mask.ifPresent(image -> body.object(
                "input_image_mask",
                () -> body.image(image.isStored() ? "file_id" : "image_url", image, JsonBody.Form.TEXT)));
    }
}
