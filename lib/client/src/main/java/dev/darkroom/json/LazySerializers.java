package dev.darkroom.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageResult;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.module.SimpleSerializers;
import tools.jackson.databind.ser.Serializers;

/** What writes our types, made when the first of them is written. Jackson keeps what it was given, and may ask by any thread. */
final class LazySerializers extends Serializers.Base {

    /** None of our types can be extended outside of these. */
    private static final String OURS = "dev.darkroom.";

    private final ImageForm form;
    private volatile @Nullable Serializers made;

    LazySerializers(ImageForm form) {
        this.form = form;
    }

    static boolean mayBeOurs(Class<?> type) {
        return type.getName().startsWith(OURS);
    }

    @Override
    public @Nullable ValueSerializer<?> findSerializer(
            SerializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            JsonFormat.@Nullable Value format) {
        return mayBeOurs(type.getRawClass()) ? made().findSerializer(config, type, description, format) : null;
    }

    private Serializers made() {
        var known = made;
        if (known == null) {
            known = make();
            made = known;
        }
        return known;
    }

    private Serializers make() {
        var serializers = new SimpleSerializers();
        serializers.addSerializer(ImageEvent.class, new Serializer<>(form, Writing::event));
        serializers.addSerializer(JsonEvent.class, new Serializer<>(form, Writing::event));
        serializers.addSerializer(ImageException.class, new Serializer<>(form, Writing::failure));
        serializers.addSerializer(ImageResult.class, new Serializer<>(form, Writing::result));
        serializers.addSerializer(GeneratedImage.class, new Serializer<>(form, Writing::image));
        return serializers;
    }
}
