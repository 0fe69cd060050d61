package dev.darkroom.image;

import dev.darkroom.internal.json.Ordered;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a catalogue says of a model.
 *
 * @param id what {@link ImageRequest#model()} takes
 * @param name for people
 * @param description for people; may be empty
 * @param created when it was listed; null if the catalogue does not say
 * @param inputModalities what it reads: {@code text}, {@code image}, …
 * @param outputModalities what it makes: {@code image}, …
 * @param supportedParameters what it accepts, by the parameter's name on the wire; may be empty
 * @param supportsStreaming whether any provider of it sends previews
 */
public record ModelInfo(
        String id,
        String name,
        String description,
        @Nullable Instant created,
        List<String> inputModalities,
        List<String> outputModalities,
        Map<String, Capability> supportedParameters,
        boolean supportsStreaming) {

    /**
     * Copies the collections.
     *
     * @param id what {@link ImageRequest#model()} takes
     * @param name for people
     * @param description for people; may be empty
     * @param created when it was listed; null if the catalogue does not say
     * @param inputModalities what it reads: {@code text}, {@code image}, …
     * @param outputModalities what it makes: {@code image}, …
     * @param supportedParameters what it accepts, by the parameter's name on the wire; may be empty
     * @param supportsStreaming whether any provider of it sends previews
     */
    public ModelInfo {
        inputModalities = List.copyOf(inputModalities);
        outputModalities = List.copyOf(outputModalities);
        supportedParameters = Ordered.copyOf(supportedParameters);
    }
}
