package dev.darkroom.internal.gateway.token360;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Resolution;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final Set<ImageOption> ALL = EnumSet.of(
            ImageOption.N,
            ImageOption.SIZE,
            ImageOption.RESOLUTION,
            ImageOption.ASPECT_RATIO,
            ImageOption.QUALITY,
            ImageOption.SEED,
            ImageOption.WATERMARK,
            ImageOption.RESPONSE_FORMAT,
            ImageOption.SEQUENTIAL_IMAGES,
            ImageOption.REFERENCES);

    private static final Map<Pattern, Set<ImageOption>> MODELS = new LinkedHashMap<>();

    static {
        MODELS.put(
                Pattern.compile(".*kling.*image.*o1.*"),
                EnumSet.of(ImageOption.N, ImageOption.SIZE, ImageOption.RESOLUTION));
        MODELS.put(
                Pattern.compile(".*seedream-4[.-][05].*"),
                EnumSet.of(
                        ImageOption.SEED,
                        ImageOption.WATERMARK,
                        ImageOption.RESPONSE_FORMAT,
                        ImageOption.SEQUENTIAL_IMAGES));
        MODELS.put(Pattern.compile(".*seedream-5[.-]0-lite.*"), EnumSet.of(ImageOption.SEED, ImageOption.WATERMARK));
        MODELS.put(Pattern.compile(".*nano-banana-pro.*"), EnumSet.of(ImageOption.ASPECT_RATIO, ImageOption.QUALITY));
        MODELS.put(Pattern.compile(".*glm-image.*"), EnumSet.noneOf(ImageOption.class));
    }

    private final ImageRequest request;
    private final RequestCheck check;
    private final boolean nativeParams;

    Token360Request(ImageRequest request, String gateway, boolean nativeParams) {
        this.request = request;
        this.check = new RequestCheck(gateway);
        this.nativeParams = nativeParams;
    }

    static Map<ImageOption, String> unsupported(ImageRequest request, boolean nativeParams) {
        if (nativeParams) {
            var refused = new OptionsTaken(request, Set.of());
            for (ImageOption option : request.options()) {
                refused.require(
                        option == ImageOption.STREAM,
                        option,
                        "native parameters are set as extras, in the vendor's own words");
            }
            return refused.refused();
        }
        var taken = taken(request.model());
        var one = Objects.equals(request.n(), 1);
        var refused = new OptionsTaken(request, ALL);
        for (ImageOption option : ALL) {
            refused.require(
                    taken.contains(option) || (option == ImageOption.N && one), option, "this model takes none");
        }
        return refused.require(
                        !taken.contains(ImageOption.SEQUENTIAL_IMAGES)
                                || Objects.equals(request.sequentialImages(), GROUP),
                        ImageOption.SEQUENTIAL_IMAGES,
                        "it has no field for how many; say " + GROUP + ", which is what it makes at most")
                .refused();
    }

    private static Set<ImageOption> taken(String model) {
        var known = MODELS.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(model).matches())
                .findFirst();
        if (known.isEmpty()) {
            return ALL;
        }
        var taken = EnumSet.of(ImageOption.REFERENCES);
        taken.addAll(known.get().getValue());
        return taken;
    }

    ApiCall call() {
        check.refuse(request, unsupported(request, nativeParams));
        check.range("n", request.n(), 1, MOST_IMAGES);
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
        var n = request.n();
        body.member("n", n != null && taken(request.model()).contains(ImageOption.N) ? n : null);
        body.word("size", size());
        body.word("ratio", request.aspectRatio());
        body.word("quality", request.quality());
        body.member("seed", request.seed());
        body.member("watermark", request.watermark());
        body.word("response_format", request.responseFormat());
        body.member("sequential_image_generation", request.sequentialImages() == null ? null : "auto");
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
