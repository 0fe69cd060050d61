package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ResponseFormat;

/** What OpenAI's Images API knows beside what every gateway takes. */
public final class OpenAi {

    /** Its name in the list of gateways. */
    public static final String NAME = "openai";

    /** Bytes, which are all it sends: said or unsaid, {@link ResponseFormat#BASE64} is the same, and any other is refused. */
    public static final ImageOption<ResponseFormat> RESPONSE_FORMAT = SharedOptions.RESPONSE_FORMAT;

    private OpenAi() {}
}
