package dev.darkroom.emulator.gateway.common.seedream;

import dev.darkroom.emulator.gateway.common.AspectRatio;
import dev.darkroom.emulator.gateway.common.Dimensions;
import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.GroupSize;
import dev.darkroom.emulator.gateway.common.ReferenceImages;
import dev.darkroom.emulator.gateway.common.RequestFields;
import dev.darkroom.emulator.gateway.common.ValidationErrors;
import dev.darkroom.emulator.picture.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules which all gateways to Seedream share, with the errors of the gateway asked.
 *
 * @param version the model's
 * @param errors how the gateway words a validation error
 */
public record SeedreamRules(SeedreamVersion version, ValidationErrors errors) {

    private static final int MOST_IN_ALL = 15;
    private static final double STEEPEST = 16;
    private static final List<String> GROUP_WORDS = List.of("auto", "disabled");
    private static final Map<String, Integer> BASES =
            Map.of("1K", 1024, "1.5K", 1536, "2K", 2048, "3K", 3072, "4K", 4096);
    private static final Pattern SHAPE = Pattern.compile("\\b\\d{1,2}:\\d{1,2}\\b");

    /**
     * The pictures to follow.
     *
     * @param name the field
     * @param urls its items
     * @param most how many the gateway takes
     * @return the references
     */
    public List<Reference> references(String name, List<String> urls, int most) {
        if (urls.size() > most) {
            throw invalid(
                    name, "at most " + most + " reference images are supported, but " + urls.size() + " were given");
        }
        var references = new ArrayList<Reference>();
        for (var url : urls) {
            references.add(ReferenceImages.of(url)
                    .orElseThrow(() -> invalid(name, "an image URL or a data:image/<format>;base64 URL is expected")));
        }
        return List.copyOf(references);
    }

    /**
     * The size of each image: pixels as they are, or a tier in the shape which the prompt names ("16:9"), else that of the
     * first reference, else a square.
     *
     * @param size what was asked for; 2048x2048 if nothing
     * @param prompt the prompt
     * @param references pictures to follow
     * @return the dimensions
     */
    public Dimensions size(Optional<String> size, String prompt, List<Reference> references) {
        var asked = size.orElse("2048x2048");
        var pixels = Dimensions.pixels(asked);
        if (pixels.isPresent()) {
            check(pixels.get());
            return pixels.get();
        }
        if (!version.tiers().contains(asked)) {
            throw invalid("size", "the specified size is not supported for model " + version.title());
        }
        var shape = SHAPE.matcher(prompt);
        var named = shape.find() ? AspectRatio.parse(shape.group()) : Optional.<AspectRatio>empty();
        int base = BASES.getOrDefault(asked, 2048);
        return Dimensions.of(base, named.or(() -> AspectRatio.like(references)).orElse(AspectRatio.SQUARE));
    }

    private void check(Dimensions pixels) {
        if (pixels.area() < version.fewestPixels()) {
            throw invalid("size", "image size must be at least " + version.fewestPixels() + " pixels");
        }
        if (pixels.area() > version.mostPixels()) {
            throw invalid("size", "image size must be at most " + version.mostPixels() + " pixels");
        }
        if (pixels.steepness() > STEEPEST) {
            throw invalid("size", "the aspect ratio must be between 1/16 and 16");
        }
    }

    /**
     * How many images there will be.
     *
     * @param fields the request
     * @param most {@code max_images}, wherever the gateway has it
     * @param prompt the prompt
     * @param references how many pictures to follow
     * @return 1, or as many as the group gets
     */
    public int images(RequestFields fields, Optional<Integer> most, String prompt, int references) {
        boolean group = fields.oneOf("sequential_image_generation", GROUP_WORDS)
                .orElse("disabled")
                .equals("auto");
        if (!group) {
            return 1;
        }
        if (most.isPresent() && most.get() + references > MOST_IN_ALL) {
            throw invalid(
                    "sequential_image_generation_options.max_images",
                    "the number of reference images plus max_images must not exceed " + MOST_IN_ALL);
        }
        return GroupSize.size(prompt, most.orElse(MOST_IN_ALL - references), most.isPresent());
    }

    /**
     * {@code sequential_image_generation_options.max_images}.
     *
     * @param fields the request
     * @return 1 to 15, or empty
     */
    public Optional<Integer> maxImages(RequestFields fields) {
        return fields.object("sequential_image_generation_options")
                .flatMap(options -> options.integer("max_images", 1, MOST_IN_ALL));
    }

    /**
     * Checks the fields which change nothing here.
     *
     * @param fields the request
     */
    public void checkUnusedFields(RequestFields fields) {
        var unused = fields.flag("watermark");
        var options = fields.object("optimize_prompt_options");
        options.ifPresent(given -> given.oneOf("mode", version.modes()));
        options.ifPresent(given -> given.text("thinking")); // nobody wrote down its words
    }

    private ErrorReplyException invalid(String name, String why) {
        return new ErrorReplyException(errors.invalid(name, why));
    }
}
