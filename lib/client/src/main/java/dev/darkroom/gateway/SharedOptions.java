package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
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

    private SharedOptions() {}
}
