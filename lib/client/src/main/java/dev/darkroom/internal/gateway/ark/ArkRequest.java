package dev.darkroom.internal.gateway.ark;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Resolution;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.PixelRules;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import dev.darkroom.internal.gateway.common.RequestedSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request for Seedream. What can be known to be wrong is refused here; which values a model accepts is the service's
 * business.
 *
 * @see <a href="https://docs.byteplus.com/en/docs/ModelArk/1541523">ModelArk image generation</a>
 */
final class ArkRequest {

    private static final int MOST_IMAGES = 15;
    private static final int MOST_REFERENCES = 14;
    private static final int LEAST_GUIDANCE = 1;
    private static final int MOST_GUIDANCE = 10;
    private static final PixelRules PIXELS = new PixelRules(16, 1280 * 720, 4096L * 4096, 16_384, 16);

    /** Answers 400 to {@code stream: true}, and to any word about groups. */
    private static final Pattern ONE_AT_A_TIME = Pattern.compile(".*seedream-5[.-]0-pro.*");

    /** Every field which this class writes; an extra of that name would contradict a wither. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "prompt",
            "image",
            "size",
            "seed",
            "stream",
            "watermark",
            "response_format",
            "output_format",
            "sequential_image_generation",
            "sequential_image_generation_options",
            "optimize_prompt_options");

    static final List<ImageOption<?>> TAKEN = List.of(
            ImageOption.N,
            ImageOption.SIZE,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.OUTPUT_FORMAT,
            ImageOption.SEED,
            ImageOption.REFERENCES,
            Ark.RESPONSE_FORMAT,
            Ark.WATERMARK,
            Ark.SEQUENTIAL_IMAGES,
            Ark.OPTIMIZE_PROMPT,
            Ark.OPTIMIZE_PROMPT_THINKING,
            Ark.GUIDANCE_SCALE,
            Ark.TOOLS);

    private final ImageRequest request;
    private final RequestCheck check;

    ArkRequest(ImageRequest request, String gateway) {
        this.request = request;
        this.check = new RequestCheck(gateway);
    }

    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return new OptionsTaken(request, TAKEN)
                .require(
                        request.n().orElse(0) == 1,
                        ImageOption.N,
                        "it makes one image, or with sequential_images a group")
                .require(!isOneAtATime(request), Ark.SEQUENTIAL_IMAGES, "this model makes one image at a time")
                .refused();
    }

    private static boolean isOneAtATime(ImageRequest request) {
        return ONE_AT_A_TIME.matcher(request.model()).matches();
    }

    ApiCall call() {
        check.refuse(request, unsupported(request));
        check.range(request, Ark.SEQUENTIAL_IMAGES, 1, MOST_IMAGES);
        check.references(request, MOST_REFERENCES);
        var together =
                request.references().size() + request.get(Ark.SEQUENTIAL_IMAGES).orElse(0);
        check.require(
                together <= MOST_IMAGES,
                "references and sequential_images must be at most " + MOST_IMAGES + " together, not " + together);
        check.looks(request);
        double scale = request.get(Ark.GUIDANCE_SCALE).orElse((double) LEAST_GUIDANCE);
        check.require(
                scale >= LEAST_GUIDANCE && scale <= MOST_GUIDANCE,
                Ark.GUIDANCE_SCALE + " must be " + LEAST_GUIDANCE + " to " + MOST_GUIDANCE + ", not " + scale);
        check.texts(request, "the id of a Seedream model or of an endpoint", FIELDS);
        check.once(request, Ark.GUIDANCE_SCALE, Ark.TOOLS);
        var size = size();
        var references = ReferencePart.all(request, check, ReferencePart.Stored.NOWHERE);
        check.throwIfRefused();
        var accept = ApiCall.accept(request);
        return new ApiCall(
                "POST",
                "/images/generations",
                Map.of("Accept", accept, "Content-Type", "application/json"),
                body(size, references));
    }

    /** A shape needs pixels; a tier alone leaves the shape to the model. */
    private @Nullable Object size() {
        var wish = RequestedSize.of(request);
        var shape = wish.shape();
        if (wish.pixels() != null || shape == null) {
            return wish.pixels() == null ? wish.tier() : wish.pixels();
        }
        var tier = Objects.requireNonNullElse(wish.tier(), Resolution.K2);
        var pixels = PIXELS.size(shape, tier);
        check.require(
                pixels != null, "aspect_ratio " + shape + " at " + tier + " is no size it takes: " + PIXELS.inWords());
        return pixels;
    }

    private @Nullable Map<String, String> optimization() {
        var options = new LinkedHashMap<String, String>();
        request.get(Ark.OPTIMIZE_PROMPT).ifPresent(mode -> options.put("mode", mode));
        request.get(Ark.OPTIMIZE_PROMPT_THINKING).ifPresent(thinking -> options.put("thinking", thinking));
        return options.isEmpty() ? null : options;
    }

    private static List<Map<String, String>> tools(List<String> types) {
        return types.stream().map(type -> Map.of("type", type)).toList();
    }

    private List<BodyPart> body(@Nullable Object size, List<ReferencePart> references) {
        var body = new JsonBody();
        body.member("model", request.model());
        body.member("prompt", request.prompt());
        body.word("size", size);
        body.member("seed", request.get(ImageOption.SEED));
        body.word("output_format", request.outputFormat());
        body.word("response_format", request.get(Ark.RESPONSE_FORMAT).orElse(null));
        body.member("watermark", request.get(Ark.WATERMARK));
        var saysStream = request.options().contains(ImageOption.STREAM) && !isOneAtATime(request);
        body.member("stream", saysStream ? request.stream() : null);
        var most = request.get(Ark.SEQUENTIAL_IMAGES).orElse(null);
        body.member("sequential_image_generation", most == null ? null : "auto");
        body.member("sequential_image_generation_options", most == null ? null : Map.of("max_images", most));
        body.member("optimize_prompt_options", optimization());
        body.member("guidance_scale", request.get(Ark.GUIDANCE_SCALE));
        body.member("tools", request.get(Ark.TOOLS).map(ArkRequest::tools));
        request.extras().forEach(body::explicit);
        if (references.size() == 1) {
            body.image("image", references.get(0), JsonBody.Form.TEXT);
        } else if (!references.isEmpty()) {
            body.images("image", references, JsonBody.Form.TEXT);
        }
        return body.finish();
    }
}
