package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ResponseFormat;

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

    /** Whether the image comes as bytes, or as a URL under which the gateway keeps it for some hours. */
    public static final ImageOption<ResponseFormat> RESPONSE_FORMAT = SharedOptions.RESPONSE_FORMAT;

    private Ark() {}
}
