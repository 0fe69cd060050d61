package dev.darkroom.json;

import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Where Jackson calls us to write; used by many threads at a time. */
final class Serializer<T> extends ValueSerializer<T> {

    private final ImageForm form;
    private final BiConsumer<Writing, T> write;

    Serializer(ImageForm form, BiConsumer<Writing, T> write) {
        this.form = form;
        this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
        var own = value instanceof JsonEvent event ? event.form() : null;
        var sent = value instanceof JsonEvent event ? event.sent() : Sent.NOTHING;
        write.accept(new Writing(json, new ImageWriting(json, context, own == null ? form : own), sent), value);
    }
}
