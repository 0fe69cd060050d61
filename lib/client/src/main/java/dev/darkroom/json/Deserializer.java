package dev.darkroom.json;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** Where Jackson calls us to read; used by many threads at a time. */
final class Deserializer<T> extends ValueDeserializer<T> {

    private final Class<T> type;
    private final Function<Members, @Nullable Object> read;

    private Deserializer(Class<T> type, Function<Members, @Nullable Object> read) {
        this.type = type;
        this.read = read;
    }

    /** One for each type that can be asked for, since Jackson asks for exactly that one. */
    static Map<Class<?>, ValueDeserializer<?>> all() {
        var all = new HashMap<Class<?>, ValueDeserializer<?>>();
        for (var event : List.of(
                ImageEvent.class,
                ImageEvent.Progress.class,
                ImageEvent.Partial.class,
                ImageEvent.TextChunk.class,
                ImageEvent.ImageReady.class,
                ImageEvent.ImageFailed.class,
                ImageEvent.Completed.class)) {
            all.put(event, new Deserializer<>(event, Deserializer::event));
        }
        for (var failure : List.of(
                ImageException.class,
                RateLimitedException.class,
                UnavailableException.class,
                RejectedException.class,
                GenerationFailedException.class,
                OutcomeUnknownException.class)) {
            all.put(
                    failure,
                    new Deserializer<>(failure, json -> FailureReading.of(json).failure()));
        }
        all.put(JsonEvent.class, new Deserializer<>(JsonEvent.class, EventReading::of));
        all.put(
                ImageResult.class,
                new Deserializer<>(
                        ImageResult.class, json -> ResultReading.of(json).result()));
        all.put(
                GeneratedImage.class,
                new Deserializer<>(
                        GeneratedImage.class, json -> ImageReading.of(json).image()));
        return all;
    }

    private static @Nullable Object event(Members members) {
        var event = EventReading.of(members);
        if (event.failure().isPresent()) {
            throw event.failure().get();
        }
        return event.event().orElse(null);
    }

    @Override
    public @Nullable T deserialize(JsonParser json, DeserializationContext context) {
        var value = read.apply(new Members(json, context));
        return value == null || type.isInstance(value)
                ? type.cast(value)
                : context.reportInputMismatch(
                        type, "a %s is not what is asked for", value.getClass().getSimpleName());
    }
}
