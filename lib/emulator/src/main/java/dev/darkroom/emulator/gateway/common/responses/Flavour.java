package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.gateway.common.openai.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is another thing at each who offers the Responses API.
 *
 * @param words its errors
 * @param models which it knows for the conversation, in the order of its list
 * @param tools what it calls the image tool
 * @param formats what the tool delivers, whatever its models can
 * @param stored whether it keeps responses: only then there are those in the background, and those which go on
 * @param terse whether an image's item is done without an event that says completed, as recorded at Azure
 * @param prefix what stands before the names of models that paint
 */
public record Flavour(
        Words words,
        List<String> models,
        List<String> tools,
        List<String> formats,
        boolean stored,
        boolean terse,
        String prefix) {

    /** Which models hold a conversation at OpenAI: the one recorded first. */
    public static final List<String> MODELS =
            List.of("gpt-5", "gpt-5-mini", "gpt-5.5", "gpt-6-astra", "gpt-6-sol", "gpt-4.1", "gpt-4.1-mini", "o3");

    /** The tool's default. */
    private static final String PAINTER = "gpt-image-2.6-sunburst";

    /** What OpenRouter's tool paints with unless it is told otherwise, and what is like it here. */
    private static final Map<String, String> ALIASES = Map.of("gpt-5-image", "gpt-image-1.5");

    String usualPainter() {
        return stored ? PAINTER : prefix + "gpt-5-image";
    }

    /** The name of a painting model without what stands before it; empty for one of another house. */
    Optional<String> painter(String id) {
        return Optional.of(id)
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .map(name -> prefix.isEmpty() ? name : ALIASES.getOrDefault(name, name));
    }
}
