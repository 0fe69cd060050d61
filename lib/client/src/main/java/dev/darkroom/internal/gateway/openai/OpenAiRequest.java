package dev.darkroom.internal.gateway.openai;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.MultipartBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.PixelRules;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import dev.darkroom.internal.gateway.common.RequestedSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request of the Images API. What can be known to be wrong is refused here; which values a model accepts is the
 * service's business, except where a ratio has to become pixels.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images">OpenAI Images API</a>
 */
final class OpenAiRequest {

    private static final int MOST_IMAGES = 10;
    private static final int MOST_REFERENCES = 16;
    private static final int MOST_PREVIEWS = 3;
    private static final PixelRules PIXELS = new PixelRules(16, 655_360, 3840L * 2160, 3840, 3);

    /** Models with three sizes and no others. */
    private static final Pattern OF_THREE_SIZES = Pattern.compile("(?:.*/)?gpt-image-1(?:[.-].*)?");

    private static final Map<AspectRatio, Size> STANDARD_SIZES = Map.of(
            AspectRatio.SQUARE, Size.pixels(1024, 1024),
            AspectRatio.LANDSCAPE_3_2, Size.pixels(1536, 1024),
            AspectRatio.PORTRAIT_2_3, Size.pixels(1024, 1536));

    /** Every field which this class writes; an extra of that name would contradict a wither. */
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

    static final List<ImageOption<?>> TAKEN = List.of(
            ImageOption.N,
            ImageOption.SIZE,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.QUALITY,
            ImageOption.OUTPUT_FORMAT,
            ImageOption.OUTPUT_COMPRESSION,
            ImageOption.BACKGROUND,
            ImageOption.REFERENCES,
            ImageOption.MASK,
            ImageOption.PARTIAL_IMAGES,
            OpenAi.RESPONSE_FORMAT,
            ImageOption.USER);

    private final ImageRequest request;
    private final RequestCheck check;

    OpenAiRequest(ImageRequest request, String gateway) {
        this.request = request;
        this.check = new RequestCheck(gateway);
    }

    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return new OptionsTaken(request, TAKEN)
                .require(
                        request.get(OpenAi.RESPONSE_FORMAT).stream().allMatch(ResponseFormat.BASE64::equals),
                        OpenAi.RESPONSE_FORMAT,
                        "it always sends the image itself, " + ResponseFormat.BASE64)
                .require(
                        request.size() != null || RequestedSize.of(request).shape() != null,
                        ImageOption.RESOLUTION,
                        "it takes pixels, which a resolution has only together with an aspect_ratio")
                .refused();
    }

    ApiCall call() {
        check.refuse(request, unsupported(request));
        check.range(request, ImageOption.N, 1, MOST_IMAGES);
        check.range(request, ImageOption.OUTPUT_COMPRESSION, 0, 100);
        check.range(request, ImageOption.PARTIAL_IMAGES, 0, MOST_PREVIEWS);
        check.require(
                request.partialImages().orElse(0) == 0 || request.stream(),
                "partial_images are sent only with stream(true)");
        check.references(request, MOST_REFERENCES);
        check.require(
                request.mask() == null || !request.references().isEmpty(),
                "mask needs a reference to which it belongs");
        check.looks(request);
        check.texts(request, "the id of an image model", FIELDS);
        var size = size();
        var references = ReferencePart.all(request, check, id -> id);
        var mask = ReferencePart.mask(request, check, id -> id);
        var multipart = !references.isEmpty()
                && references.stream().allMatch(ReferencePart::isBinary)
                && mask.stream().allMatch(ReferencePart::isBinary);
        check.require(!multipart || isForm(request.extras()), "extras beside files must be texts, numbers or booleans");
        check.throwIfRefused();
        return multipart ? form(size, references, mask) : json(size, references, mask);
    }

    /** Pixels or {@code auto}; null if nothing is asked for. */
    private @Nullable Size size() {
        var size = request.size();
        if (size != null && (size.isPixels() || size.value().equals("auto"))) {
            return size;
        }
        var wish = RequestedSize.of(request);
        var shape = wish.shape();
        if (shape == null) {
            check.require(
                    size == null, "size must be WIDTHxHEIGHT or auto, or a tier beside an aspect_ratio, not " + size);
            return request.aspectRatio() == null ? null : Size.of("auto");
        }
        var tier = Objects.requireNonNullElse(wish.tier(), Resolution.K1);
        var pixels = pixels(shape, tier);
        check.require(
                pixels != null,
                "aspect_ratio " + shape + " at " + tier + " is no size that " + request.model() + " takes: "
                        + (isOfThreeSizes() ? "1:1, 3:2 and 2:3 at 1K are" : PIXELS.inWords()));
        return pixels;
    }

    private @Nullable Size pixels(AspectRatio shape, Resolution tier) {
        var standard = tier.equals(Resolution.K1) ? STANDARD_SIZES.get(shape) : null;
        return standard != null || isOfThreeSizes() ? standard : PIXELS.size(shape, tier);
    }

    private boolean isOfThreeSizes() {
        return OF_THREE_SIZES.matcher(request.model()).matches();
    }

    private static boolean isForm(Map<String, @Nullable Object> extras) {
        return extras.entrySet().stream()
                .allMatch(extra -> MultipartBody.isName(extra.getKey())
                        && (extra.getValue() instanceof String
                                || extra.getValue() instanceof Number
                                || extra.getValue() instanceof Boolean));
    }

    private ApiCall json(@Nullable Size size, List<ReferencePart> references, Optional<ReferencePart> mask) {
        var body = new JsonBody();
        fields(size).forEach(body::member);
        request.extras().forEach(body::explicit);
        if (!references.isEmpty()) {
            body.images("images", references, OpenAiRequest::writeImage);
        }
        mask.ifPresent(image -> body.image("mask", image, OpenAiRequest::writeImage));
        var path = references.isEmpty() ? "/images/generations" : "/images/edits";
        return call(path, "application/json", body.finish());
    }

    private static void writeImage(JsonBody body, ReferencePart image) {
        JsonBody.Form.object(image.isStored() ? "file_id" : "image_url").write(body, image);
    }

    private ApiCall form(@Nullable Size size, List<ReferencePart> references, Optional<ReferencePart> mask) {
        var body = MultipartBody.create();
        fields(size).forEach(body::field);
        request.extras().forEach(body::field);
        for (int i = 0; i < references.size(); i++) {
            writeFile(body, references.size() == 1 ? "image" : "image[]", "image" + i, references.get(i));
        }
        mask.ifPresent(image -> writeFile(body, "mask", "mask", image));
        return call("/images/edits", body.contentType(), body.finish());
    }

    private static void writeFile(MultipartBody body, String name, String fileName, ReferencePart image) {
        var type = image.mediaType();
        var extension = type.substring("image/".length()).replace("svg+xml", "svg");
        body.file(name, fileName + "." + extension, type, image.raw());
    }

    private Map<String, @Nullable Object> fields(@Nullable Size size) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("model", request.model());
        fields.put("prompt", request.prompt());
        fields.put("n", value(ImageOption.N));
        fields.put("size", size == null ? null : size.value());
        fields.put("quality", text(request.quality()));
        fields.put("output_format", text(request.outputFormat()));
        fields.put("output_compression", value(ImageOption.OUTPUT_COMPRESSION));
        fields.put("background", text(request.background()));
        fields.put("stream", request.options().contains(ImageOption.STREAM) ? request.stream() : null);
        fields.put("partial_images", value(ImageOption.PARTIAL_IMAGES));
        fields.put("user", request.user());
        return fields;
    }

    private @Nullable Object value(ImageOption<?> option) {
        return request.get(option).orElse(null);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private ApiCall call(String path, String contentType, List<BodyPart> body) {
        var accept = ApiCall.accept(request);
        return new ApiCall("POST", path, Map.of("Accept", accept, "Content-Type", contentType), body);
    }
}
