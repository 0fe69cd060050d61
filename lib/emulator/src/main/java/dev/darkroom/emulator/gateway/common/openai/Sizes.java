package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.gateway.common.AspectRatio;
import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.picture.Reference;
import java.util.List;
import java.util.Optional;

/** What sizes a model takes. All of them take {@code auto}: the nearest classic shape. */
public enum Sizes {
    /** Three of them. */
    CLASSIC,
    /** Multiples of 16, no edge above 3840, up to 3:1, 655,360 to 8,294,400 pixels. */
    FLEXIBLE,
    /** Whatever can be drawn. */
    ANY;

    private static final List<String> NAMES = List.of("1024x1024", "1024x1536", "1536x1024", Dimensions.AUTO);
    private static final Dimensions SQUARE = new Dimensions(1024, 1024);
    private static final Dimensions PORTRAIT = new Dimensions(1024, 1536);
    private static final Dimensions LANDSCAPE = new Dimensions(1536, 1024);
    private static final int STEP = 16;
    private static final int LONGEST = 3840;
    private static final long FEWEST = 655_360;
    private static final long MOST = 8_294_400;

    /** The dimensions of a size which may be left out. */
    Dimensions dimensions(Optional<String> size, List<Reference> references, FieldErrors errors) {
        var asked = size.orElse(Dimensions.AUTO);
        if (asked.equals(Dimensions.AUTO)) {
            return likeTheFirst(references);
        }
        if (this == CLASSIC && !NAMES.contains(asked)) {
            throw new ErrorReplyException(errors.notOneOf("size", asked, NAMES));
        }
        var pixels =
                Dimensions.pixels(asked).orElseThrow(() -> invalid(errors, asked, "Expected WIDTHxHEIGHT or 'auto'."));
        if (this == FLEXIBLE) {
            checkFlexible(errors, asked, pixels);
        } else if (!pixels.drawable()) {
            throw invalid(errors, asked, "Each side must be 16 to 8192 pixels, and all 4096x4096 at most.");
        }
        return pixels;
    }

    private static void checkFlexible(FieldErrors errors, String asked, Dimensions pixels) {
        if (pixels.width() % STEP != 0 || pixels.height() % STEP != 0) {
            throw invalid(errors, asked, "Width and height must be divisible by 16.");
        }
        if (Math.max(pixels.width(), pixels.height()) > LONGEST) {
            throw invalid(errors, asked, "The longest edge must be at most 3840 pixels.");
        }
        if (Math.min(pixels.width(), pixels.height()) == 0 || pixels.steepness() > 3) {
            throw invalid(errors, asked, "The aspect ratio must be between 1:3 and 3:1.");
        }
        if (pixels.area() < FEWEST) {
            throw invalid(errors, asked, "Requested resolution is below the current minimum pixel budget.");
        }
        if (pixels.area() > MOST) {
            throw invalid(errors, asked, "Requested resolution exceeds the current maximum pixel budget.");
        }
    }

    private static Dimensions likeTheFirst(List<Reference> references) {
        var ratio = AspectRatio.like(references).orElse(AspectRatio.SQUARE);
        double shape = (double) ratio.across() / ratio.down();
        return shape > 1.2 ? LANDSCAPE : shape < 1 / 1.2 ? PORTRAIT : SQUARE;
    }

    private static ErrorReplyException invalid(FieldErrors errors, String size, String why) {
        return new ErrorReplyException(
                Errors.invalid("Invalid size '" + size + "'. " + why, errors.path("size"), "invalid_value"));
    }
}
