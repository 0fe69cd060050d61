package dev.darkroom.emulator.gateway.minimax;

import dev.darkroom.emulator.gateway.common.AspectRatio;
import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the dimensions: pixels in {@code size}, or {@code area} and {@code aspect_ratio} without it. With {@code auto} the
 * shape is that of the first image to edit, else a square.
 */
final class SizeRules {

    private static final long FEWEST = 655_360;
    private static final long MOST = 20_000_000;
    private static final int STEEPEST = 3;
    private static final int LARGEST_PART = 300;
    private static final Pattern PARTS = Pattern.compile("([1-9]\\d{0,2}):([1-9]\\d{0,2})");
    private static final Map<String, Integer> AREAS = Map.of("1K", 1024, "2K", 2048, "4K", 4096);

    private SizeRules() {}

    static Dimensions dimensions(RequestFields fields, List<Reference> references) {
        var size = fields.text("size").filter(text -> !text.equals(Dimensions.AUTO));
        var area = fields.oneOf("area", List.of("1K", "2K", "4K"));
        var ratio = fields.text("aspect_ratio")
                .filter(text -> !text.equals(Dimensions.AUTO))
                .map(SizeRules::ratio);
        if (fields.flag("disable_prompt_enhanced") && size.isEmpty() && ratio.isEmpty()) {
            throw invalid("disable_prompt_enhanced requires a size or an aspect_ratio of the form X:Y");
        }
        if (size.isEmpty()) {
            int base = AREAS.getOrDefault(area.orElse("4K"), 4096);
            return Dimensions.of(base, ratio.or(() -> shape(references)).orElse(AspectRatio.SQUARE));
        }
        if (area.isPresent() || fields.text("aspect_ratio").isPresent()) {
            throw invalid("aspect_ratio and area can only be used when size is omitted or auto");
        }
        return checked(size.get());
    }

    private static Dimensions checked(String size) {
        var pixels = Dimensions.pixels(size).orElseThrow(() -> invalid("size must be auto or WIDTHxHEIGHT"));
        if (pixels.area() < FEWEST || pixels.area() > MOST) {
            throw invalid("size must have " + FEWEST + " to " + MOST + " pixels");
        }
        if (pixels.steepness() > STEEPEST) {
            throw invalid("size must have an aspect ratio between 1:3 and 3:1");
        }
        return pixels;
    }

    private static AspectRatio ratio(String text) {
        var parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw invalid("aspect_ratio must be auto or X:Y");
        }
        int across = Integer.parseInt(parts.group(1));
        int down = Integer.parseInt(parts.group(2));
        if (Math.max(across, down) > LARGEST_PART || !isModerate(AspectRatio.of(across, down))) {
            throw invalid("aspect_ratio must have parts of 300 at most, and be between 1:3 and 3:1");
        }
        return AspectRatio.of(across, down);
    }

    private static Optional<AspectRatio> shape(List<Reference> references) {
        return AspectRatio.like(references).filter(SizeRules::isModerate);
    }

    private static boolean isModerate(AspectRatio ratio) {
        return Math.max(ratio.across(), ratio.down()) <= STEEPEST * Math.min(ratio.across(), ratio.down());
    }

    private static ErrorReplyException invalid(String why) {
        return new ErrorReplyException(Errors.invalid(why));
    }
}
