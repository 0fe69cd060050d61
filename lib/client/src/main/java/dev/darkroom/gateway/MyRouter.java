package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;

/** What Seedream at myrouter knows beside what every gateway takes. */
public final class MyRouter {

    /** Its name in the list of gateways. */
    public static final String NAME = "myrouter";

    /** Whether to mark the image visibly as made by a machine. It does unless told not to. */
    public static final ImageOption<Boolean> WATERMARK = SharedOptions.WATERMARK;

    /**
     * Lets the model make a group of images which belong together, as many as the prompt asks for, 1 to 15 with the references
     * counted in. Those it made are billed.
     */
    public static final ImageOption<Integer> SEQUENTIAL_IMAGES = SharedOptions.SEQUENTIAL_IMAGES;

    /** Lets the gateway rewrite the prompt before it paints; how thoroughly, in its own words: {@code standard}, {@code fast}. */
    public static final ImageOption<String> OPTIMIZE_PROMPT = SharedOptions.OPTIMIZE_PROMPT;

    private MyRouter() {}
}
