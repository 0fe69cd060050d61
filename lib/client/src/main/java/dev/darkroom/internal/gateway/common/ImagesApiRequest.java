package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Size;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request of the Images API that OpenAI and Azure speak: JSON, or a form where an edit sends files. What can be known to be
 * wrong is refused here, all of it in one message.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images">OpenAI Images API</a>
 */
public final class ImagesApiRequest {

    private static final String PNG = "image/png";

    private final ImageRequest request;
    private final RequestCheck check;
    private final Edits edits;

    /** How an edit travels. */
    public enum Edits {
        /** As JSON where its images are URLs or ids, and as a form where they are bytes. */
        AS_EITHER,
        /** As a form alone. */
        AS_FORM
    }

    public ImagesApiRequest(ImageRequest request, RequestCheck check, Edits edits) {
        this.request = request;
        this.check = check;
        this.edits = edits;
    }

    /** The options that the API does not take, or not beside the others. */
    public static Map<ImageOption<?>, String> unsupported(
            ImageRequest request, Collection<? extends ImageOption<?>> taken) {
        return new ImagesApiRules(request).unsupported(taken);
    }

    /**
     * The call.
     *
     * @param unsupported the options which are not taken
     * @throws dev.darkroom.image.RejectedException with all that is wrong
     */
    public ApiCall call(Map<ImageOption<?>, String> unsupported) {
        check.refuse(request, unsupported);
        new ImagesApiRules(request).check(check);
        var size = ImagesApiSize.of(request, check);
        var references = ReferencePart.all(request, check, id -> id);
        var mask = ReferencePart.mask(request, check, id -> id);
        var markup = ReferencePart.one(OpenAi.MARKUP, request, check, ReferencePart.Stored.NOWHERE);
        var isForm = !references.isEmpty()
                && (edits == Edits.AS_FORM
                        || markup.isPresent()
                        || Stream.concat(references.stream(), mask.stream()).allMatch(ReferencePart::isBinary));
        var body = isForm ? form(size, references, mask, markup) : null;
        check.throwIfRefused();
        return body == null ? json(size, references, mask) : call("/images/edits", body.contentType(), body.finish());
    }

    private ApiCall json(@Nullable Size size, List<ReferencePart> references, Optional<ReferencePart> mask) {
        var body = new JsonBody();
        fields(size).forEach(body::member);
        request.extras().forEach(body::explicit);
        if (!references.isEmpty()) {
            body.images("images", references, ImagesApiRequest::writeImage);
        }
        mask.ifPresent(image -> body.image("mask", image, ImagesApiRequest::writeImage));
        var path = references.isEmpty() ? "/images/generations" : "/images/edits";
        return call(path, "application/json", body.finish());
    }

    private static void writeImage(JsonBody body, ReferencePart image) {
        JsonBody.Form.object(image.isStored() ? "file_id" : "image_url").write(body, image);
    }

    private MultipartBody form(
            @Nullable Size size,
            List<ReferencePart> references,
            Optional<ReferencePart> mask,
            Optional<ReferencePart> markup) {
        var body = MultipartBody.create();
        fields(size).forEach(body::field);
        var extras = request.extras().entrySet();
        var areFields = extras.stream().allMatch(extra -> MultipartBody.isField(extra.getKey(), extra.getValue()));
        check.require(areFields, "extras beside files must be texts, numbers or booleans, or objects of them");
        if (areFields) {
            request.extras().forEach(body::field);
        }
        for (int i = 0; i < references.size(); i++) {
            var name = references.size() == 1 ? "image" : "image[]";
            write(body, name, "image" + i, references.get(i), "references[" + i + "]");
        }
        mask.ifPresent(image -> write(body, "mask", "mask", image, "mask"));
        markup.ifPresent(image -> {
            if (image.image() != null && !image.mediaType().equals(PNG)) {
                check.refuse("markup must be a PNG, not " + image.mediaType());
            }
            write(body, "markup", "markup", image, "markup");
        });
        return body;
    }

    private void write(MultipartBody body, String name, String fileName, ReferencePart image, String calledHere) {
        var file = image.file();
        check.require(
                file.isPresent(),
                calledHere + " must be bytes, a file or a data URL: it is sent as a file, not as a URL");
        file.ifPresent(content -> {
            var type = image.mediaType();
            var extension =
                    type.substring("image/".length()).replace("svg+xml", "svg").replaceAll("[^a-z0-9.-]", "-");
            body.file(name, fileName + "." + extension, type, content);
        });
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
        fields.put("user", isSaidOtherwise(OpenAi.SAFETY_IDENTIFIER) ? null : request.user());
        for (var option : List.of(
                OpenAi.COMPLEXITY,
                OpenAi.MODERATION,
                OpenAi.SAFETY_IDENTIFIER,
                OpenAi.INPUT_FIDELITY,
                OpenAi.FRAME_COUNT,
                OpenAi.FRAME_DURATION_MS)) {
            fields.put(option.name(), value(option));
        }
        fields.put("svg", new OutputFormatRules(request).svg());
        return fields;
    }

    private boolean isSaidOtherwise(ImageOption<String> option) {
        return request.get(option).stream().anyMatch(text -> !text.isEmpty());
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
