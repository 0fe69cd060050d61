package dev.darkroom.internal.gateway.common;

import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.Size;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request says of size, in what the Images API of OpenAI and Azure takes, and its tool of the Responses API: pixels or {@code auto}. */
public final class ImagesApiSize {

    private static final PixelRules PIXELS = new PixelRules(16, 655_360, 3840L * 2160, 3840, 3);

    /** Models with three sizes and no others. */
    private static final Pattern OF_THREE_SIZES = Pattern.compile("(?:.*/)?gpt-image-1(?:[.-].*)?");

    private static final Map<AspectRatio, Size> STANDARD_SIZES = Map.of(
            AspectRatio.SQUARE, Size.pixels(1024, 1024),
            AspectRatio.LANDSCAPE_3_2, Size.pixels(1536, 1024),
            AspectRatio.PORTRAIT_2_3, Size.pixels(1024, 1536));

    private ImagesApiSize() {}

    /** Pixels or {@code auto}; null if nothing is asked for. What is no size that it takes is noted. */
    public static @Nullable Size of(ImageRequest request, RequestCheck check) {
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
        var isOfThreeSizes = OF_THREE_SIZES.matcher(request.model()).matches();
        var standard = tier.equals(Resolution.K1) ? STANDARD_SIZES.get(shape) : null;
        var pixels = standard != null || isOfThreeSizes ? standard : PIXELS.size(shape, tier);
        check.require(
                pixels != null,
                "aspect_ratio " + shape + " at " + tier + " is no size that " + request.model() + " takes: "
                        + (isOfThreeSizes ? "1:1, 3:2 and 2:3 at 1K are" : PIXELS.inWords()));
        return pixels;
    }
}
