package dev.darkroom.internal.gateway.dashscope;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.gateway.DashScope;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import dev.darkroom.internal.gateway.common.RequestedSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a request in one of the two forms there are: messages, or a prompt for the older tasks. What can be known to be wrong is
 * refused here.
 *
 * @see <a href="https://help.aliyun.com/zh/model-studio/qwen-image-api">Qwen-Image API</a>
 */
final class DashScopeRequest {

    private static final int MOST_IMAGES = 12;
    private static final int MOST_REFERENCES = 9;
    private static final String SYNC_PATH = "/services/aigc/multimodal-generation/generation";

    /** Every parameter which this class writes; an extra of that name would contradict a wither. */
    private static final Set<String> FIELDS =
            Set.of("n", "size", "seed", "negative_prompt", "prompt_extend", "thinking_mode", "watermark");

    static final List<ImageOption<?>> TAKEN = List.of(
            ImageOption.N,
            ImageOption.SIZE,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.SEED,
            ImageOption.REFERENCES,
            DashScope.ASYNC,
            DashScope.NEGATIVE_PROMPT,
            DashScope.PROMPT_EXTEND,
            DashScope.THINKING_MODE,
            DashScope.WATERMARK);

    private final ImageRequest request;
    private final ModelFamily family;
    private final RequestCheck check = new RequestCheck(DashScope.NAME);

    DashScopeRequest(ImageRequest request) {
        this.request = request;
        this.family = ModelFamily.of(request.model());
    }

    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        var family = ModelFamily.of(request.model());
        return new OptionsTaken(request, TAKEN)
                .require(
                        !family.isAlwaysAsync() || request.get(DashScope.ASYNC).orElse(true),
                        DashScope.ASYNC,
                        "this model answers with a task and in no other way")
                .require(
                        family.takesTiers()
                                || request.size() != null
                                || RequestedSize.of(request).shape() != null,
                        ImageOption.RESOLUTION,
                        "it takes pixels, which a resolution has only together with an aspect_ratio")
                .refused();
    }

    ApiCall call() {
        check.refuse(request, unsupported(request));
        check.range(request, ImageOption.N, 1, MOST_IMAGES);
        request.get(ImageOption.SEED)
                .ifPresent(seed -> check.require(
                        seed >= 0 && seed <= Integer.MAX_VALUE, "seed must be 0 to 2147483647, not " + seed));
        check.require(
                !Boolean.TRUE.equals(request.extras().get("enable_interleave")),
                "enable_interleave is answered by a stream of texts and pictures in turn, which is not read here");
        check.references(request, MOST_REFERENCES);
        check.looks(request);
        check.texts(request, "qwen-image-2.0-pro, wan2.6-t2i, …", FIELDS);
        var size = size();
        var references = ReferencePart.all(request, check, ReferencePart.Stored.NOWHERE);
        check.throwIfRefused();
        var async = family.isAlwaysAsync() || request.get(DashScope.ASYNC).orElse(false);
        var path = async ? family.asyncPath(!references.isEmpty()) : SYNC_PATH;
        var headers = new LinkedHashMap<>(Map.of("Accept", "application/json", "Content-Type", "application/json"));
        if (async) {
            headers.put("X-DashScope-Async", "enable");
        }
        var body = new JsonBody();
        body.member("model", request.model());
        body.object("input", () -> {
            if (path.endsWith("/image-synthesis")) {
                prompt(body, references);
            } else {
                messages(body, references);
            }
        });
        body.object("parameters", () -> parameters(body, size, path.endsWith("/image-synthesis")));
        return new ApiCall("POST", path, headers, body.finish());
    }

    /** Pixels with the sign that it has for them, or a tier; null if nothing is asked for. */
    private @Nullable String size() {
        var wish = RequestedSize.of(request);
        var pixels = wish.pixels();
        if (pixels != null) {
            return pixels.width() + "*" + pixels.height();
        }
        var shape = wish.shape();
        var tier = wish.tier();
        if (shape != null) {
            var size = family.size(shape, tier);
            check.require(
                    size != null,
                    "aspect_ratio " + shape + (tier == null ? "" : " at " + tier) + " is no size that "
                            + request.model() + " takes: " + family.sizes());
            return size == null ? null : size.width() + "*" + size.height();
        }
        check.require(
                tier == null || family.takesTiers(),
                "size must be WIDTHxHEIGHT, or a tier beside an aspect_ratio, not " + tier);
        return tier == null ? null : tier.toString();
    }

    private void messages(JsonBody body, List<ReferencePart> references) {
        body.array(
                "messages",
                () -> body.element(() -> {
                    body.member("role", "user");
                    body.array("content", () -> {
                        references.forEach(image -> body.element(() -> body.image("image", image, JsonBody.Form.TEXT)));
                        body.element(() -> body.member("text", request.prompt()));
                    });
                }));
    }

    private void prompt(JsonBody body, List<ReferencePart> references) {
        body.member("prompt", request.prompt());
        body.member("negative_prompt", request.get(DashScope.NEGATIVE_PROMPT));
        if (!references.isEmpty()) {
            body.images("images", references, JsonBody.Form.TEXT);
        }
    }

    private void parameters(JsonBody body, @Nullable String size, boolean promptStandsApart) {
        body.member("n", request.get(ImageOption.N).orElse(1)); // some make four by themselves, and bill them
        body.member("size", size);
        body.member("seed", request.get(ImageOption.SEED));
        if (!promptStandsApart) {
            body.member("negative_prompt", request.get(DashScope.NEGATIVE_PROMPT));
        }
        body.member("prompt_extend", request.get(DashScope.PROMPT_EXTEND));
        body.member("thinking_mode", request.get(DashScope.THINKING_MODE));
        body.member("watermark", request.get(DashScope.WATERMARK));
        request.extras().forEach(body::explicit);
    }
}
