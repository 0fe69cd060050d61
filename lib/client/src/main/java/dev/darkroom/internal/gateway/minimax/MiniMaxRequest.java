package dev.darkroom.internal.gateway.minimax;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.BodyPart;
import dev.darkroom.gateway.MiniMax;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ResponseFormat;
import dev.darkroom.internal.gateway.common.JsonBody;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import dev.darkroom.internal.gateway.common.PixelRules;
import dev.darkroom.internal.gateway.common.ReferencePart;
import dev.darkroom.internal.gateway.common.RequestCheck;
import dev.darkroom.internal.gateway.common.RequestedSize;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a request for H3 Image. What can be known to be wrong is refused here.
 *
 * @see <a href="https://platform.minimax.io/docs/api-reference/image-generation-h3-generations">MiniMax text to image</a>
 */
final class MiniMaxRequest {

    private static final int MOST_IMAGES = 10;
    private static final int MOST_REFERENCES = 16;
    private static final PixelRules PIXELS = new PixelRules(1, 655_360, 20_000_000, 20_000_000, 3);

    /** Every field which this class writes; an extra of that name would contradict a wither. */
    private static final Set<String> FIELDS = Set.of(
            "model",
            "prompt",
            "n",
            "size",
            "aspect_ratio",
            "area",
            "output_format",
            "response_format",
            "stream",
            "images");

    static final List<ImageOption<?>> TAKEN = List.of(
            ImageOption.N,
            ImageOption.SIZE,
            ImageOption.ASPECT_RATIO,
            ImageOption.RESOLUTION,
            ImageOption.OUTPUT_FORMAT,
            ImageOption.REFERENCES,
            MiniMax.RESPONSE_FORMAT);

    private final ImageRequest request;
    private final RequestCheck check;

    MiniMaxRequest(ImageRequest request, String gateway) {
        this.request = request;
        this.check = new RequestCheck(gateway);
    }

    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return new OptionsTaken(request, TAKEN).refused();
    }

    ApiCall call() {
        check.refuse(request, unsupported(request));
        check.range(request, ImageOption.N, 1, MOST_IMAGES);
        check.references(request, MOST_REFERENCES);
        check.looks(request);
        check.texts(request, "MiniMax-H3-Image or MiniMax-H3-Image-Highspeed", FIELDS);
        var format = request.get(MiniMax.RESPONSE_FORMAT).orElse(null);
        check.require(
                !request.stream() || format == null || ResponseFormat.URL.equals(format),
                "response_format must be url where a stream is asked for, not " + format);
        var pixels = RequestedSize.of(request).pixels();
        check.require(
                pixels == null || PIXELS.takes(pixels), "size " + pixels + " is none it takes: " + PIXELS.inWords());
        var references = ReferencePart.all(request, check, ReferencePart.Stored.NOWHERE);
        check.throwIfRefused();
        var accept = ApiCall.accept(request);
        return new ApiCall(
                "POST",
                references.isEmpty() ? "/images/generations" : "/images/edits",
                Map.of("Accept", accept, "Content-Type", "application/json"),
                body(references));
    }

    private List<BodyPart> body(List<ReferencePart> references) {
        var body = new JsonBody();
        body.member("model", request.model());
        body.member("prompt", request.prompt());
        body.member("n", request.get(ImageOption.N));
        size(body);
        body.word("output_format", request.outputFormat());
        body.word(
                "response_format",
                request.stream()
                        ? ResponseFormat.URL
                        : request.get(MiniMax.RESPONSE_FORMAT).orElse(null));
        body.member("stream", request.options().contains(ImageOption.STREAM) ? request.stream() : null);
        request.extras().forEach(body::explicit);
        if (!references.isEmpty()) {
            body.images("images", references, JsonBody.Form.object("image_url"));
        }
        return body.finish();
    }

    /** Pixels say it all; they may not stand beside a shape or an area. */
    private void size(JsonBody body) {
        var wish = RequestedSize.of(request);
        if (wish.pixels() != null) {
            body.word("size", wish.pixels());
            return;
        }
        var tier = wish.tier();
        if (tier != null && tier.value().equals("auto")) {
            body.word("size", tier);
            body.word("area", request.resolution());
        } else {
            body.word("area", tier);
        }
        body.word("aspect_ratio", request.aspectRatio());
    }
}
