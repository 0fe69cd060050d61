package dev.darkroom.internal.gateway.common;

import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ResponseFormat;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What can be known to be wrong with a request of the Images API that OpenAI and Azure speak: which options exclude each other, and
 * within which bounds numbers are. Which values a model accepts is the service's business.
 */
final class ImagesApiRules {

    private static final int MOST_IMAGES = 10;
    private static final int MOST_REFERENCES = 16;
    private static final int MOST_PREVIEWS = 3;

    /** It always keeps to its references, and answers 400 to the word. */
    private static final Pattern WITHOUT_FIDELITY = Pattern.compile("(?:.*/)?gpt-image-2(?:-\\d{4}-.*)?");

    /** Every field which is written for what the oldest clients could say; an extra of that name would contradict a wither. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "prompt",
            "n",
            "size",
            "quality",
            "output_format",
            "output_compression",
            "background",
            "partial_images",
            "response_format",
            "stream",
            "user",
            "image",
            "image[]",
            "images",
            "mask");

    private final ImageRequest request;
    private final OutputFormatRules format;
    private final boolean isEdit;

    ImagesApiRules(ImageRequest request) {
        this.request = request;
        this.format = new OutputFormatRules(request);
        this.isEdit = !request.references().isEmpty();
    }

    /** The options that the API does not take, or not beside the others. */
    Map<ImageOption<?>, String> unsupported(Collection<? extends ImageOption<?>> taken) {
        return format.refuse(new OptionsTaken(request, taken))
                .require(
                        request.get(OpenAi.RESPONSE_FORMAT).stream().allMatch(ResponseFormat.BASE64::equals),
                        OpenAi.RESPONSE_FORMAT,
                        "it always sends the image itself, " + ResponseFormat.BASE64)
                .require(
                        request.size() != null || RequestedSize.of(request).shape() != null,
                        ImageOption.RESOLUTION,
                        "it takes pixels, which a resolution has only together with an aspect_ratio")
                .require(
                        format.isWhole() || !request.stream(),
                        ImageOption.STREAM,
                        request.outputFormat() + " is not streamed")
                .require(request.mask() == null, OpenAi.MARKUP, "it excludes a mask")
                .require(isEdit, OpenAi.MARKUP, "it lies over the first reference, and there is none")
                .require(
                        !WITHOUT_FIDELITY.matcher(request.model()).matches(),
                        OpenAi.INPUT_FIDELITY,
                        "this model always keeps to its references")
                .require(isEdit, OpenAi.INPUT_FIDELITY, "it is for references, and there are none")
                .refused();
    }

    void check(RequestCheck check) {
        check.range(request, ImageOption.N, 1, MOST_IMAGES);
        check.range(request, ImageOption.OUTPUT_COMPRESSION, 0, 100);
        check.range(request, ImageOption.PARTIAL_IMAGES, 0, MOST_PREVIEWS);
        format.check(check);
        check.require(
                request.partialImages().orElse(0) == 0 || request.stream(),
                "partial_images are sent only with stream(true)");
        var n = request.n().orElse(1);
        check.require(!format.isSvg() || n <= 1, "svg is made one at a time: n must be 1, not " + n);
        check.references(request, MOST_REFERENCES);
        check.require(request.mask() == null || isEdit, "mask needs a reference to which it belongs");
        check.looks(request);
        check.texts(request, "the id of an image model", FIELDS);
        check.once(
                request,
                OpenAi.COMPLEXITY,
                OpenAi.MODERATION,
                OpenAi.SAFETY_IDENTIFIER,
                OpenAi.INPUT_FIDELITY,
                OpenAi.FRAME_COUNT,
                OpenAi.FRAME_DURATION_MS,
                OpenAi.MARKUP);
        var saysSvg = Stream.of(OpenAi.SVG_MODEL, OpenAi.SVG_EFFORT)
                .anyMatch(option -> request.options().contains(option));
        check.require(
                !saysSvg || !request.extras().containsKey("svg"),
                "extras [svg] are fields of the request itself: set them as such");
    }
}
