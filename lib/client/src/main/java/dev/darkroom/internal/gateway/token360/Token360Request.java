package dev.darkroom.internal.gateway.token360;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import dev.darkroom.gateway.Token360;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Resolution;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request for token360. Which options a model takes is known of those whose page we know; which values, is the
 * service's business.
 *
 * @see <a href="https://www.token360.ai/en-US/docs/api-reference/images">token360 image generation</a>
 */
final class Token360Request {

    /** About what the load balancer takes. */
    private static final int MOST_BYTES = 1_000_000;

    private static final int MOST_IMAGES = 10;
    private static final int MOST_REFERENCES = 14;
    private static final int GROUP = 15;
    private static final String NATIVE = "Token360-Native-Params";

    private static final Set<String> FIELDS = Set.of(
            "model",
            "prompt",
            "n",
            "size",
            "response_format",
            "watermark",
            "seed",
            "sequential_image_generation",
            "quality",
            "ratio",
            "reference_images");

    static final List<ImageOption<?>> ALL = List.of(
            ImageOption.N,
            ImageOption.SIZE,
            ImageOption.RESOLUTION,
            ImageOption.ASPECT_RATIO,
            ImageOption.QUALITY,
            ImageOption.SEED,
            Token360.WATERMARK,
            Token360.RESPONSE_FORMAT,
            Token360.SEQUENTIAL_IMAGES,
            ImageOption.REFERENCES);

    private static final Map<Pattern, Set<ImageOption<?>>> MODELS = new LinkedHashMap<>();

    static {
        MODELS.put(
                Pattern.compile(".*kling.*image.*o1.*"),
                Set.of(ImageOption.N, ImageOption.SIZE, ImageOption.RESOLUTION));
        MODELS.put(
                Pattern.compile(".*seedream-4[.-][05].*"),
                Set.of(ImageOption.SEED, Token360.WATERMARK, Token360.RESPONSE_FORMAT, Token360.SEQUENTIAL_IMAGES));
        MODELS.put(Pattern.compile(".*seedream-5[.-]0-lite.*"), Set.of(ImageOption.SEED, Token360.WATERMARK));
        MODELS.put(Pattern.compile(".*nano-banana-pro.*"), Set.of(ImageOption.ASPECT_RATIO, ImageOption.QUALITY));
        MODELS.put(Pattern.compile(".*glm-image.*"), Set.of());
    }

    private final ImageRequest request;
    private final RequestCheck check;
    private final boolean nativeParams;

    Token360Request(ImageRequest request, String gateway, boolean nativeParams) {
        this.request = request;
        this.check = new RequestCheck(gateway);
        this.nativeParams = nativeParams;
    }

    static Map<ImageOption<?>, String> unsupported(ImageRequest request, boolean nativeParams) {
        if (nativeParams) {
            var refused = new OptionsTaken(request, Set.of());
            for (ImageOption<?> option : request.options()) {
                refused.require(
                        option.equals(ImageOption.STREAM),
                        option,
                        "native parameters are set as extras, in the vendor's own words");
            }
            return refused.refused();
        }
        var taken = taken(request.model());
        var one = request.n().orElse(0) == 1;
        var refused = new OptionsTaken(request, ALL);
        for (ImageOption<?> option : ALL) {
            refused.require(
                    taken.contains(option) || (option.equals(ImageOption.N) && one), option, "this model takes none");
        }
        return refused.require(
                        !taken.contains(Token360.SEQUENTIAL_IMAGES)
                                || request.get(Token360.SEQUENTIAL_IMAGES).orElse(0) == GROUP,
                        Token360.SEQUENTIAL_IMAGES,
                        "it has no field for how many; say " + GROUP + ", which is what it makes at most")
                .refused();
    }

    private static Collection<ImageOption<?>> taken(String model) {
        var known = MODELS.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(model).matches())
                .findFirst();
        if (known.isEmpty()) {
            return ALL;
        }
        var taken = new HashSet<ImageOption<?>>(known.get().getValue());
        taken.add(ImageOption.REFERENCES);
        return taken;
    }

    ApiCall call() {
        check.refuse(request, unsupported(request, nativeParams));
        check.range(request, ImageOption.N, 1, MOST_IMAGES);
        check.references(request, MOST_REFERENCES);
        check.looks(request);
        check.texts(request, "one that token360 lists", nativeParams ? Set.of("model", "prompt") : FIELDS);
        var references = ReferencePart.all(request, check, Token360Request::asset);
        check.throwIfRefused();
        var headers = new LinkedHashMap<>(Map.of("Accept", "application/json", "Content-Type", "application/json"));
        if (nativeParams) {
            headers.put(NATIVE, "true");
        }
        var call = new ApiCall("POST", "/images/generations", headers, body(references));
        check.require(
                call.contentLength() <= MOST_BYTES,
                "the request has " + call.contentLength() + " bytes, and at most about " + MOST_BYTES
                        + " get through: make the references smaller, or name them by URL or asset:// id");
        check.throwIfRefused();
        return call;
    }

    private static String asset(String id) {
        return id.startsWith("asset://") ? id : "asset://" + id;
    }

    private List<BodyPart> body(List<ReferencePart> references) {
        var body = new JsonBody();
        body.member("model", request.model());
        body.member("prompt", request.prompt());
        body.member(
                "n", taken(request.model()).contains(ImageOption.N) ? request.get(ImageOption.N) : Optional.empty());
        body.word("size", size());
        body.word("ratio", request.aspectRatio());
        body.word("quality", request.quality());
        body.member("seed", request.get(ImageOption.SEED));
        body.member("watermark", request.get(Token360.WATERMARK));
        body.word("response_format", request.get(Token360.RESPONSE_FORMAT).orElse(null));
        body.member(
                "sequential_image_generation",
                request.get(Token360.SEQUENTIAL_IMAGES).isEmpty() ? null : "auto");
        request.extras().forEach(body::explicit);
        if (!references.isEmpty()) {
            body.images("reference_images", references, JsonBody.Form.TEXT);
        }
        return body.finish();
    }

    /** A size is pixels or a tier; a resolution is the tier under another name. */
    private @Nullable Object size() {
        Resolution tier = request.resolution();
        return request.size() == null ? tier : request.size();
    }
}
