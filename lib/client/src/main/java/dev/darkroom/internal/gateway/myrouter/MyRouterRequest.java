package dev.darkroom.internal.gateway.myrouter;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import dev.darkroom.gateway.MyRouter;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Resolution;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.PixelRules;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import dev.darkroom.internal.gateway.common.RequestedSize;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request for Seedream at myrouter, whose two versions differ in the names of their fields and in what they take. What
 * is known to be wrong is refused here; of a version which we do not know, as of 4.5.
 *
 * @see <a href="https://docs.myrouter.ai/docs/models/reference-seedream-4.5">myrouter, Seedream 4.5</a>
 */
final class MyRouterRequest {

    private static final int MOST_IMAGES = 15;
    private static final Pattern PATH = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
    private static final Pattern FOUR = Pattern.compile("seedream-4[.-]0.*");

    private static final Set<String> FIELDS = Set.of(
            "prompt",
            "image",
            "images",
            "size",
            "watermark",
            "max_images",
            "sequential_image_generation",
            "sequential_image_generation_options",
            "optimize_prompt_options");

    static final List<ImageOption<?>> TAKEN = List.of(
            ImageOption.N,
            ImageOption.SIZE,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.REFERENCES,
            MyRouter.WATERMARK,
            MyRouter.SEQUENTIAL_IMAGES,
            MyRouter.OPTIMIZE_PROMPT);

    /**
     * What a version of the model takes.
     *
     * @param references at most
     * @param formats of references, as media types
     * @param tiers of size
     * @param pixels of size
     * @param field for references
     */
    private record Version(
            int references, Set<String> formats, Set<Resolution> tiers, PixelRules pixels, String field) {

        static final Version V4_0 = new Version(
                10,
                Set.of("image/png", "image/jpeg"),
                Set.of(Resolution.K1, Resolution.K2, Resolution.K4),
                new PixelRules(1, 1280 * 720, 4096L * 4096, 16_384, 16),
                "images");

        static final Version V4_5 = new Version(
                14,
                Set.of("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff"),
                Set.of(Resolution.K2, Resolution.K4),
                new PixelRules(1, 2560 * 1440, 4096L * 4096, 16_384, 16),
                "image");

        static Version of(ImageRequest request) {
            return isFour(request) ? V4_0 : V4_5;
        }
    }

    private final ImageRequest request;
    private final RequestCheck check;
    private final Version version;

    MyRouterRequest(ImageRequest request, String gateway) {
        this.request = request;
        this.check = new RequestCheck(gateway);
        this.version = Version.of(request);
    }

    private static boolean isFour(ImageRequest request) {
        return FOUR.matcher(request.model()).matches();
    }

    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return new OptionsTaken(request, TAKEN)
                .require(
                        request.n().orElse(0) == 1,
                        ImageOption.N,
                        "it makes one image, or with sequential_images a group")
                .require(!isFour(request), MyRouter.OPTIMIZE_PROMPT, "this model has no field for it")
                .refused();
    }

    ApiCall call() {
        check.refuse(request, unsupported(request));
        check.require(
                PATH.matcher(request.model()).matches(), "model must be the last part of a path, such as seedream-4.5");
        check.range(request, MyRouter.SEQUENTIAL_IMAGES, 1, MOST_IMAGES);
        check.references(request, version.references());
        var together = request.references().size()
                + request.get(MyRouter.SEQUENTIAL_IMAGES).orElse(0);
        check.require(
                together <= MOST_IMAGES,
                "references and sequential_images must be at most " + MOST_IMAGES + " together, not " + together);
        check.looks(request);
        check.texts(request, "the last part of a path, such as seedream-4.5", FIELDS);
        var size = size();
        var references = references();
        check.throwIfRefused();
        return new ApiCall(
                "POST",
                "/" + request.model(),
                Map.of("Accept", "application/json", "Content-Type", "application/json"),
                body(size, references));
    }

    /** A shape needs pixels; a tier alone leaves the shape to the model. */
    private @Nullable Object size() {
        var wish = RequestedSize.of(request);
        var exact = wish.pixels();
        if (exact != null) {
            check.require(
                    version.pixels().takes(exact),
                    "size " + exact + " is none it takes: " + version.pixels().inWords());
            return exact;
        }
        var tier = wish.tier();
        check.require(
                tier == null || version.tiers().contains(tier),
                "resolution " + tier + " is none of " + version.tiers());
        var shape = wish.shape();
        if (shape == null) {
            return tier;
        }
        var asked = Objects.requireNonNullElse(tier, Resolution.K2);
        var pixels = version.pixels().size(shape, asked);
        check.require(
                pixels != null,
                "aspect_ratio " + shape + " at " + asked + " is no size it takes: "
                        + version.pixels().inWords());
        return pixels;
    }

    private List<ReferencePart> references() {
        var parts = ReferencePart.all(request, check, ReferencePart.Stored.NOWHERE);
        parts.stream()
                .filter(part -> part.url().startsWith("data:"))
                .map(ReferencePart::mediaType)
                .filter(type -> !version.formats().contains(type))
                .distinct()
                .forEach(type -> check.refuse("references must be of " + version.formats() + ", not " + type));
        return parts;
    }

    private List<BodyPart> body(@Nullable Object size, List<ReferencePart> references) {
        var body = new JsonBody();
        body.member("prompt", request.prompt());
        body.word("size", size);
        body.member("watermark", request.get(MyRouter.WATERMARK));
        var most = request.get(MyRouter.SEQUENTIAL_IMAGES).orElse(null);
        body.member("sequential_image_generation", most == null ? null : "auto");
        if (isFour(request)) {
            body.member("max_images", most);
        } else {
            body.member("sequential_image_generation_options", most == null ? null : Map.of("max_images", most));
        }
        var mode = request.get(MyRouter.OPTIMIZE_PROMPT).orElse(null);
        body.member("optimize_prompt_options", mode == null ? null : Map.of("mode", mode));
        request.extras().forEach(body::explicit);
        if (!references.isEmpty()) {
            body.images(version.field(), references, JsonBody.Form.TEXT);
        }
        return body.finish();
    }
}
