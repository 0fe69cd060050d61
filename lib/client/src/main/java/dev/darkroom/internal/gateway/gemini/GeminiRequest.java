package dev.darkroom.internal.gateway.gemini;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.gateway.Gemini;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request of {@code generateContent}. What can be known to be wrong is refused here; which values a model accepts is the
 * service's business.
 *
 * @see <a href="https://ai.google.dev/api/generate-content">generateContent</a>
 */
final class GeminiRequest {

    private static final int MOST_REFERENCES = 3600;
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9._~:@-]+(?:/[A-Za-z0-9._~:@-]+)*");
    private static final String MODELS = "models/";

    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "webp", "image/webp",
            "heic", "image/heic",
            "heif", "image/heif");

    /** Every field which this class writes; an extra of that name would contradict a wither. */
    private static final Set<String> FIELDS = Set.of("contents", "generationConfig");

    static final List<ImageOption<?>> TAKEN = List.of(
            ImageOption.N,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.SEED,
            ImageOption.REFERENCES,
            ImageOption.PARTIAL_IMAGES,
            Gemini.TEXT,
            Gemini.THINKING_LEVEL);

    private final ImageRequest request;
    private final RequestCheck check = new RequestCheck(Gemini.NAME);

    GeminiRequest(ImageRequest request) {
        this.request = request;
    }

    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return new OptionsTaken(request, TAKEN)
                .require(
                        request.n().orElse(1) <= 1,
                        ImageOption.N,
                        "its image models refuse several candidates; say in the prompt how many, or send the request that often")
                .refused();
    }

    ApiCall call() {
        check.refuse(request, unsupported(request));
        var n = request.n().orElse(1);
        check.require(n >= 1, "n must be 1, not " + n);
        check.range(request, ImageOption.PARTIAL_IMAGES, 0, Integer.MAX_VALUE);
        check.require(
                request.partialImages().orElse(0) == 0 || request.stream(),
                "partial_images are sent only with stream(true)");
        check.references(request, MOST_REFERENCES);
        check.texts(request, "the id of an image model, gemini-3.1-flash-image", FIELDS);
        check.require(
                request.model().isBlank()
                        || (MODEL.matcher(request.model()).matches()
                                && !request.model().contains("..")),
                "model is a part of the path, and must be letters, digits, dots and hyphens");
        var references = ReferencePart.all(request, check, id -> id);
        check.throwIfRefused();
        return write(references);
    }

    private ApiCall write(List<ReferencePart> references) {
        var body = new JsonBody();
        body.array(
                "contents",
                () -> body.element(() -> {
                    body.member("role", "user");
                    body.array("parts", () -> {
                        references.forEach(reference -> body.element(() -> reference(body, reference)));
                        body.element(() -> body.member("text", request.prompt()));
                    });
                }));
        body.member("generationConfig", config());
        request.extras().forEach(body::explicit);
        var model = request.model().startsWith(MODELS) ? request.model().substring(MODELS.length()) : request.model();
        var method = request.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return new ApiCall(
                "POST",
                "/" + MODELS + model + method,
                Map.of("Accept", ApiCall.accept(request), "Content-Type", "application/json"),
                body.finish());
    }

    private static void reference(JsonBody body, ReferencePart reference) {
        if (reference.image() == null) {
            body.object("fileData", () -> {
                body.member("mimeType", reference.isStored() ? null : type(reference.url()));
                body.member("fileUri", reference.url());
            });
            return;
        }
        body.object("inlineData", () -> {
            body.member("mimeType", reference.mediaType());
            body.base64("data", reference);
        });
    }

    /** Vertex AI wants to be told; by the name, since nobody has looked. */
    private static @Nullable String type(String url) {
        int end = url.indexOf('?') < 0 ? url.length() : url.indexOf('?');
        int dot = url.lastIndexOf('.', end);
        return dot < 0 ? null : TYPES.get(url.substring(dot + 1, end).toLowerCase(Locale.ROOT));
    }

    private Map<String, Object> config() {
        var config = new LinkedHashMap<String, Object>();
        config.put(
                "responseModalities",
                request.get(Gemini.TEXT).orElse(true) ? List.of("TEXT", "IMAGE") : List.of("IMAGE"));
        request.get(ImageOption.SEED).ifPresent(seed -> config.put("seed", seed));
        var image = new LinkedHashMap<String, Object>();
        put(image, "aspectRatio", request.aspectRatio());
        put(image, "imageSize", request.resolution());
        var thinking = new LinkedHashMap<String, Object>();
        put(thinking, "thinkingLevel", request.get(Gemini.THINKING_LEVEL).orElse(null));
        request.partialImages().ifPresent(most -> thinking.put("includeThoughts", most > 0));
        if (!image.isEmpty()) {
            config.put("imageConfig", image);
        }
        if (!thinking.isEmpty()) {
            config.put("thinkingConfig", thinking);
        }
        return config;
    }

    private static void put(Map<String, Object> object, String name, @Nullable Object value) {
        if (value != null) {
            object.put(name, value.toString());
        }
    }
}
