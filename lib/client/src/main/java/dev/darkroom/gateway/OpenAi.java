package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ResponseFormat;

/** What OpenAI's Images API knows beside what every gateway takes. */
public final class OpenAi {

    /** Its name in the list of gateways. */
    public static final String NAME = "openai";

    /** Bytes, which are all it sends: said or unsaid, {@link ResponseFormat#BASE64} is the same, and any other is refused. */
    public static final ImageOption<ResponseFormat> RESPONSE_FORMAT = SharedOptions.RESPONSE_FORMAT;

    /** How much thought goes into planning the picture, apart from its quality: {@code low}, {@code medium}, {@code high}. */
    public static final ImageOption<String> COMPLEXITY = SharedOptions.COMPLEXITY;

    /** How strictly content is filtered: {@code auto}, or {@code low} for less. */
    public static final ImageOption<String> MODERATION = SharedOptions.MODERATION;

    /**
     * Who the end user is, for abuse reports: a hash, no name. It takes the place of {@link ImageOption#USER}, which still goes out
     * under its old name for those who speak this API and know no other; where both are said, this one counts.
     */
    public static final ImageOption<String> SAFETY_IDENTIFIER = SharedOptions.SAFETY_IDENTIFIER;

    /** How closely an edit keeps to its references, faces above all: {@code low}, {@code high}; not for gpt-image-2. */
    public static final ImageOption<String> INPUT_FIDELITY = SharedOptions.INPUT_FIDELITY;

    /** How many frames a GIF has, 2 to 16; 9 unless said. */
    public static final ImageOption<Integer> FRAME_COUNT = SharedOptions.FRAME_COUNT;

    /** How long a GIF shows each frame, in milliseconds, 1 to 655,350; it is rounded to 10, and 200 unless said. */
    public static final ImageOption<Integer> FRAME_DURATION_MS = SharedOptions.FRAME_DURATION_MS;

    /** Which model writes an SVG. Some projects have to say it, others must not; what it used is {@code ImageResult.svgUsage()}. */
    public static final ImageOption<String> SVG_MODEL = SharedOptions.SVG_MODEL;

    /** How much the model reasons that writes an SVG: {@code none}, {@code low}, {@code high}, {@code max}, …. */
    public static final ImageOption<String> SVG_EFFORT = SharedOptions.SVG_EFFORT;

    /**
     * A PNG, transparent but for what is drawn on it, of the size of the first reference: it lies over that and shows what to edit.
     * Not together with a mask. It is sent as a file, and so are the references then: bytes, files or {@code data:} URLs.
     */
    public static final ImageOption<ImageReference> MARKUP = SharedOptions.MARKUP;

    private OpenAi() {}
}
