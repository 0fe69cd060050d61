package dev.darkroom.internal.gateway.common;

import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.Background;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a moving picture excludes, and one that is written as markup, wherever OpenAI's models make them: in the Images API and by the
 * tool of the Responses API; and what nothing else can have.
 */
public final class OutputFormatRules {

    private static final int FEWEST_FRAMES = 2;
    private static final int MOST_FRAMES = 16;
    private static final int LONGEST_FRAME = 655_350;
    private static final String FRAMES = "only output_format gif has frames";
    private static final String AUTHOR = "only output_format svg is written by another model";

    private final ImageRequest request;
    private final boolean isGif;
    private final boolean isSvg;

    /** The rules for one request. */
    public OutputFormatRules(ImageRequest request) {
        this.request = request;
        this.isGif = OutputFormat.GIF.equals(request.outputFormat());
        this.isSvg = OutputFormat.SVG.equals(request.outputFormat());
    }

    /** Whether it is one picture made of pixels, as most are. */
    boolean isWhole() {
        return !isGif && !isSvg;
    }

    boolean isSvg() {
        return isSvg;
    }

    /** Refuses the options that the format excludes. */
    public OptionsTaken refuse(OptionsTaken taken) {
        var format = String.valueOf(request.outputFormat());
        return taken.require(
                        isWhole() || request.partialImages().orElse(0) == 0,
                        ImageOption.PARTIAL_IMAGES,
                        format + " has no previews")
                .require(isWhole(), ImageOption.OUTPUT_COMPRESSION, format + " has no compression to choose")
                .require(!isGif, ImageOption.MASK, "gif takes no mask")
                .require(isGif, OpenAi.FRAME_COUNT, FRAMES)
                .require(isGif, OpenAi.FRAME_DURATION_MS, FRAMES)
                .require(isSvg, OpenAi.SVG_MODEL, AUTHOR)
                .require(isSvg, OpenAi.SVG_EFFORT, AUTHOR);
    }

    /** Notes what is out of bounds, or contradicts the format. */
    public void check(RequestCheck check) {
        check.range(request, OpenAi.FRAME_COUNT, FEWEST_FRAMES, MOST_FRAMES);
        check.range(request, OpenAi.FRAME_DURATION_MS, 1, LONGEST_FRAME);
        check.require(
                !isGif || !Background.TRANSPARENT.equals(request.background()),
                "background transparent needs output_format png or webp, not gif");
    }

    /** Who writes an SVG, as it is sent; null if nothing was said of that. */
    public @Nullable Map<String, Object> svg() {
        var svg = new LinkedHashMap<String, Object>();
        request.get(OpenAi.SVG_MODEL).ifPresent(model -> svg.put("model", model));
        request.get(OpenAi.SVG_EFFORT).ifPresent(effort -> svg.put("reasoning", Map.of("effort", effort)));
        return svg.isEmpty() ? null : svg;
    }
}
