package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ResponseFormat;

/** Options of several gateways; each has them by a name of its own class, so that nobody has to know who shares what. */
final class SharedOptions {

    static final ImageOption<ResponseFormat> RESPONSE_FORMAT = ImageOption.of(
            "response_format",
            ResponseFormat.class,
            ResponseFormat::of,
            ResponseFormat::toString,
            "How the images come: url, b64_json.");

    static final ImageOption<Boolean> WATERMARK =
            ImageOption.flag("watermark", "Whether the image is marked visibly as made by a machine.");

    static final ImageOption<Integer> SEQUENTIAL_IMAGES =
            ImageOption.integer("sequential_images", "A group of up to so many images which belong together, 1 to 15.");

    static final ImageOption<String> OPTIMIZE_PROMPT =
            ImageOption.text("optimize_prompt", "Lets the gateway rewrite the prompt: standard, fast, …");

    static final ImageOption<String> COMPLEXITY =
            ImageOption.text("complexity", "How much thought goes into planning the picture: low, medium, high.");

    static final ImageOption<String> MODERATION =
            ImageOption.text("moderation", "How strictly content is filtered: auto, low.");

    static final ImageOption<String> SAFETY_IDENTIFIER = ImageOption.text(
            "safety_identifier", "Who the end user is, for abuse reports, in place of user; a hash, no name.");

    static final ImageOption<String> INPUT_FIDELITY =
            ImageOption.text("input_fidelity", "How closely an edit keeps to its references: low, high.");

    static final ImageOption<Integer> FRAME_COUNT =
            ImageOption.integer("frame_count", "How many frames a GIF has, 2 to 16.");

    static final ImageOption<Integer> FRAME_DURATION_MS =
            ImageOption.integer("frame_duration_ms", "How long a GIF shows each frame, in milliseconds, 1 to 655350.");

    static final ImageOption<String> SVG_MODEL = ImageOption.text("svg_model", "Which model writes an SVG.");

    static final ImageOption<String> SVG_EFFORT = ImageOption.text(
            "svg_effort", "How much the model that writes an SVG reasons: none, low, medium, high, max, …");

    static final ImageOption<ImageReference> MARKUP = ImageOption.image(
            "markup", "A transparent PNG drawn over the first reference to show what to edit: a file.");

    static final ImageOption<Boolean> TEXT =
            ImageOption.flag("text", "Whether the model may say something beside its images.");

    private SharedOptions() {}
}
