package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ResponseFormat;

/** What token360 knows beside what every gateway takes; which model takes what differs. */
public final class Token360 {

    /** Its name in the list of gateways. */
    public static final String NAME = "token360";

    /**
     * The name under which it hands on what the vendor of the model understands: model and prompt, and everything else as
     * {@link dev.darkroom.image.ImageRequest#extra(String, Object)} in the vendor's own words. Options are refused there, because
     * nobody knows what the vendor calls them.
     */
    public static final String NATIVE = "token360-native";

    /** Whether to mark the image visibly as made by a machine. It does unless told not to. */
    public static final ImageOption<Boolean> WATERMARK = SharedOptions.WATERMARK;

    /** Lets the model make a group of images; there is no field for how many, so it must be 15, which it makes at most. */
    public static final ImageOption<Integer> SEQUENTIAL_IMAGES = SharedOptions.SEQUENTIAL_IMAGES;

    /** Whether the image comes as bytes, or as a URL under which the gateway keeps it for some hours. */
    public static final ImageOption<ResponseFormat> RESPONSE_FORMAT = SharedOptions.RESPONSE_FORMAT;

    private Token360() {}
}
