package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.AspectRatio;
import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;
import java.util.Optional;

/**
 * Finds the dimensions which a request asks for, and refuses a request which contradicts itself.
 *
 * <ul>
 *   <li>{@code size} in pixels wins; a {@code resolution} or {@code aspect_ratio} beside it must agree.
 *   <li>{@code size} as a tier ({@code 2K}) is a {@code resolution}; another {@code resolution} beside it must agree.
 *   <li>No ratio, or {@code auto}: the shape of the first reference which is a picture, or a square.
 *   <li>No resolution: 1K.
 * </ul>
 */
final class SizeRules {

    private static final int DEFAULT_BASE = 1024;

    private SizeRules() {}

    static Dimensions dimensions(
            Optional<String> size,
            Optional<String> resolution,
            Optional<String> aspectRatio,
            List<Reference> references) {
        var pixels = size.flatMap(Dimensions::pixels);
        var ratio = aspectRatio.filter(text -> !text.equals(Dimensions.AUTO)).map(SizeRules::ratio);
        var base = resolution.map(text -> base("resolution", text));
        if (pixels.isPresent()) {
            return consistent(pixels.get(), base, ratio, size.get());
        }
        var tier = size.map(text -> base("size", text));
        if (tier.isPresent() && base.isPresent() && !tier.equals(base)) {
            throw contradiction("size \"" + size.get() + "\" contradicts resolution \"" + resolution.get() + "\"");
        }
        return Dimensions.of(
                tier.or(() -> base).orElse(DEFAULT_BASE),
                ratio.or(() -> AspectRatio.like(references)).orElse(AspectRatio.SQUARE));
    }

    private static Dimensions consistent(
            Dimensions pixels, Optional<Integer> base, Optional<AspectRatio> ratio, String size) {
        if (!pixels.drawable()) {
            throw contradiction("size \"" + size + "\": each side must be 16 to 8192, 4096x4096 pixels at most");
        }
        if (base.isPresent() && !pixels.agreesWith(base.get())) {
            throw contradiction("size \"" + size + "\" contradicts resolution");
        }
        if (ratio.isPresent() && !pixels.agreesWith(ratio.get())) {
            throw contradiction("size \"" + size + "\" contradicts aspect_ratio");
        }
        return pixels;
    }

    private static AspectRatio ratio(String text) {
        return AspectRatio.parse(text)
                .orElseThrow(() -> contradiction("aspect_ratio: expected a ratio such as 16:9, received " + text));
    }

    private static int base(String name, String text) {
        return Dimensions.base(text)
                .orElseThrow(() -> contradiction(name + ": expected 512, 768, 1K, 1.5K, 2K or 4K"
                        + (name.equals("size") ? " or pixels such as 1024x1024" : "") + ", received " + text));
    }

    private static ErrorReplyException contradiction(String what) {
        return new ErrorReplyException(Errors.invalid(what));
    }
}
