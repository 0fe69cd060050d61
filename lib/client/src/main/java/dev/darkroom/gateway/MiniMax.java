package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ResponseFormat;

/** What MiniMax H3 Image knows beside what every gateway takes. */
public final class MiniMax {

    /** Its name in the list of gateways. */
    public static final String NAME = "minimax";

    /** Whether the image comes as bytes, or as a URL under which the gateway keeps it for some hours. */
    public static final ImageOption<ResponseFormat> RESPONSE_FORMAT = SharedOptions.RESPONSE_FORMAT;

    private MiniMax() {}
}
