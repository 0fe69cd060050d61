package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import java.util.Map;

/**
 * What chat completions that answer with images know beside what every gateway takes: OpenRouter's, unless the client is told
 * another base URL, of Vercel's AI Gateway, of LiteLLM, of any relay.
 *
 * <pre>{@code
 * ImageClient.named(ChatCompletions.NAME, key).baseUrl("https://relay.example/v1")
 * }</pre>
 */
public final class ChatCompletions {

    /** Its name in the list of gateways. */
    public static final String NAME = "chat-completions";

    /**
     * Whether the model may say something beside its images; it may, unless told not to, and models that only paint have to be
     * told. What it says is {@link dev.darkroom.image.ImageResult#text()}.
     */
    public static final ImageOption<Boolean> TEXT = SharedOptions.TEXT;

    /** What the model takes beside an aspect ratio and a size, as JSON values by its own names; some have {@code strength}. */
    public static final ImageOption<Map<String, ?>> IMAGE_CONFIG =
            ImageOption.json("image_config", "What else the model takes: {\"strength\":0.5}.");

    /** Which providers OpenRouter may use; others pass over it. */
    public static final ImageOption<ProviderRouting> ROUTING = OpenRouter.ROUTING;

    private ChatCompletions() {}
}
