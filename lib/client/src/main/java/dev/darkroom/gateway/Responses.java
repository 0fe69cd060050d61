package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;

/**
 * What the image tool of OpenAI's Responses API knows beside what every gateway takes. The request's model is the one that reads the
 * prompt and calls the tool; {@link #IMAGE_MODEL} paints. Azure OpenAI and OpenRouter have it too, at base URLs of their own:
 *
 * <pre>{@code
 * ImageClient.named(Responses.NAME, key).baseUrl("https://RESOURCE.openai.azure.com/openai/v1")
 * ImageClient.named(Responses.NAME, key).baseUrl("https://openrouter.ai/api/v1")
 * }</pre>
 *
 * <p>At Azure both models are deployments, the key travels as {@link Azure} says, and pictures are PNG or JPEG. OpenRouter keeps no
 * responses: nothing is made in the background there, and nothing gone on from.
 */
public final class Responses {

    /** Its name in the list of gateways. */
    public static final String NAME = "openai-responses";

    /**
     * Whether the gateway goes on when the connection is lost: the client reads on where it broke off, asks how far it is, and calls it
     * off when the subscriber cancels. A lost connection is then no unknown outcome. The gateway keeps the response for some minutes
     * for it; projects that keep nothing cannot have it.
     */
    public static final ImageOption<Boolean> IN_BACKGROUND = ImageOption.flag(
            "in_background", "Whether the gateway goes on when the connection is lost, so that it can be read on.");

    /** When a background response is to be done: {@code soonest}, {@code 2h}, {@code 8h}, the later the cheaper; without a stream. */
    public static final ImageOption<String> COMPLETION_WINDOW = ImageOption.text(
            "completion_window", "When a background response is to be done, the later the cheaper: soonest, 2h, 8h.");

    /** Which response to go on from: its pictures can be edited by the next prompt. A result has it as its generation id. */
    public static final ImageOption<String> PREVIOUS_RESPONSE_ID = ImageOption.text(
            "previous_response_id", "Which response to go on from; a result has it as its generation id.");

    /** Which model paints; the gateway's choice unless said. At Azure it is the name of a deployment, and has to be said. */
    public static final ImageOption<String> IMAGE_MODEL =
            ImageOption.text("image_model", "Which model paints, called by the one that reads the prompt.");

    /** Whether to make a picture or to edit one: {@code auto}, {@code generate}, {@code edit}. */
    public static final ImageOption<String> ACTION =
            ImageOption.text("action", "Whether to make a picture or to edit one: auto, generate, edit.");

    /** How much thought goes into planning the picture, apart from its quality: {@code low}, {@code medium}, {@code high}. */
    public static final ImageOption<String> COMPLEXITY = SharedOptions.COMPLEXITY;

    /** How strictly content is filtered: {@code auto}, or {@code low} for less. */
    public static final ImageOption<String> MODERATION = SharedOptions.MODERATION;

    /** How closely an edit keeps to its references, faces above all: {@code low}, {@code high}; not for every model. */
    public static final ImageOption<String> INPUT_FIDELITY = SharedOptions.INPUT_FIDELITY;

    /** How many frames a GIF has, 2 to 16; 9 unless said. */
    public static final ImageOption<Integer> FRAME_COUNT = SharedOptions.FRAME_COUNT;

    /** How long a GIF shows each frame, in milliseconds, 1 to 655,350; it is rounded to 10, and 200 unless said. */
    public static final ImageOption<Integer> FRAME_DURATION_MS = SharedOptions.FRAME_DURATION_MS;

    /** Which model writes an SVG; the one that reads the prompt unless said. Not every project may say it. */
    public static final ImageOption<String> SVG_MODEL = SharedOptions.SVG_MODEL;

    /** How much the model reasons that writes an SVG: {@code none}, {@code low}, {@code high}, {@code max}, …. */
    public static final ImageOption<String> SVG_EFFORT = SharedOptions.SVG_EFFORT;

    /** Who the end user is, for abuse reports: a hash, no name. {@link ImageOption#USER} goes out under the same name. */
    public static final ImageOption<String> SAFETY_IDENTIFIER = SharedOptions.SAFETY_IDENTIFIER;

    private Responses() {}
}
