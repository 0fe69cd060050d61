package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ResponseFormat;
import java.util.List;

/** What Seedream at Volcengine Ark, and at BytePlus ModelArk, knows beside what every gateway takes. */
public final class Ark {

    /** Its name in the list of gateways. */
    public static final String NAME = "ark";

    /** The name of its other region: BytePlus ModelArk in Southeast Asia, with keys and models of its own. */
    public static final String BYTEPLUS = "byteplus";

    /** Whether to mark the image visibly as made by a machine. It does unless told not to. */
    public static final ImageOption<Boolean> WATERMARK = SharedOptions.WATERMARK;

    /**
     * Lets the model make a group of images which belong together, as many as the prompt asks for, 1 to 15 with the references
     * counted in. Those it made are billed.
     */
    public static final ImageOption<Integer> SEQUENTIAL_IMAGES = SharedOptions.SEQUENTIAL_IMAGES;

    /** Lets the gateway rewrite the prompt before it paints; how thoroughly, in its own words: {@code standard}, {@code fast}. */
    public static final ImageOption<String> OPTIMIZE_PROMPT = SharedOptions.OPTIMIZE_PROMPT;

    /** Whether the model thinks before it rewrites the prompt: {@code auto}, {@code enabled}, {@code disabled}. */
    public static final ImageOption<String> OPTIMIZE_PROMPT_THINKING = ImageOption.text(
            "optimize_prompt_thinking",
            "Whether the model thinks before it rewrites the prompt: auto, enabled, disabled.");

    /** How closely the picture keeps to the prompt, 1 to 10; only for the models before Seedream 4. */
    public static final ImageOption<Double> GUIDANCE_SCALE =
            ImageOption.decimal("guidance_scale", "How closely the picture keeps to the prompt, 1 to 10.");

    /**
     * Tools which the model may call before it paints, by their types: {@code web_search}. Calls are billed;
     * {@link dev.darkroom.image.Usage#toolUsage()} counts them.
     */
    public static final ImageOption<List<String>> TOOLS =
            ImageOption.texts("tools", "Tools which the model may call, with commas between them: web_search.");

    /** Whether the image comes as bytes, or as a URL under which the gateway keeps it for some hours. */
    public static final ImageOption<ResponseFormat> RESPONSE_FORMAT = SharedOptions.RESPONSE_FORMAT;

    private Ark() {}
}
