package dev.darkroom.internal.gateway.dashscope;

import dev.darkroom.image.AspectRatio;
import dev.darkroom.image.Resolution;
import dev.darkroom.image.Size;
import dev.darkroom.internal.gateway.common.PixelRules;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the models of one generation have in common: the ways they are asked, and the sizes of their pictures. */
enum ModelFamily {
    /** Qwen-Image before 2.0: five sizes. */
    QWEN_1("qwen-image(?:-(?:max|plus))?(?:-\\d{4}-\\d{2}-\\d{2})?", "none"),
    /** Qwen-Image 2.0, and what edits. */
    QWEN_2("qwen-image-.*", "2K"),
    /** Wan up to 2.2, whose sides are 512 to 1440. */
    WAN_2_2("wanx.*|wan2\\.[0-2]-.*", "1K"),
    /** Wan 2.5. */
    WAN_2_5("wan2\\.5-.*", "1.25K"),
    /** Wan 2.6. */
    WAN_2_6("wan2\\.6-.*", "1.25K"),
    /** What came later, and what nobody knows yet; some know tiers. */
    OTHER(".*", "2K");

    private static final Map<AspectRatio, Size> FIVE = Map.of(
            AspectRatio.of("16:9"), Size.pixels(1664, 928),
            AspectRatio.of("4:3"), Size.pixels(1472, 1104),
            AspectRatio.of("1:1"), Size.pixels(1328, 1328),
            AspectRatio.of("3:4"), Size.pixels(1104, 1472),
            AspectRatio.of("9:16"), Size.pixels(928, 1664));

    private final Pattern models;
    private final String usual;

    /** With the models' names, and the tier that a shape has if none is asked for. */
    ModelFamily(String models, String usual) {
        this.models = Pattern.compile(models);
        this.usual = usual;
    }

    private @Nullable PixelRules pixels() {
        return switch (this) {
            case QWEN_1 -> null;
            case QWEN_2 -> new PixelRules(16, 512 * 512, 2048 * 2048, 2752, 8);
            case WAN_2_2 -> new PixelRules(16, 512 * 512, 1440 * 1440, 1440, 2);
            case WAN_2_5, WAN_2_6 -> new PixelRules(16, 1280 * 1280 * 9 / 10, 1440 * 1440, 2700, 4);
            case OTHER -> new PixelRules(16, 512 * 512, 4096 * 4096, 8192, 8);
        };
    }

    static ModelFamily of(String model) {
        for (ModelFamily family : values()) {
            if (family.models.matcher(model).matches()) {
                return family;
            }
        }
        return OTHER;
    }

    /** Whether a task is all it answers with. */
    boolean isAlwaysAsync() {
        return this == WAN_2_2 || this == WAN_2_5;
    }

    /** Where a task is made. */
    String asyncPath(boolean references) {
        return switch (this) {
            case QWEN_1, WAN_2_2, WAN_2_5 ->
                references ? "/services/aigc/image2image/image-synthesis" : "/services/aigc/text2image/image-synthesis";
            case QWEN_2 -> "/services/aigc/multimodal-generation/generation";
            case WAN_2_6, OTHER -> "/services/aigc/image-generation/generation";
        };
    }

    boolean takesTiers() {
        return this == OTHER;
    }

    /** The pixels of a shape; null if it cannot be had. */
    @Nullable
    Size size(AspectRatio shape, @Nullable Resolution tier) {
        var pixels = pixels();
        if (pixels == null) {
            return tier == null ? FIVE.get(shape) : null;
        }
        return pixels.size(shape, tier == null ? Resolution.of(usual) : tier);
    }

    String sizes() {
        var pixels = pixels();
        return pixels == null ? "1:1, 4:3, 3:4, 16:9 and 9:16 without a resolution are" : pixels.inWords();
    }
}
