package dev.darkroom.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.Deserializers;
import tools.jackson.databind.module.SimpleDeserializers;

/** What reads our types, made when the first of them is read. Jackson keeps what it was given, and may ask by any thread. */
final class LazyDeserializers extends Deserializers.Base {

    private volatile @Nullable Deserializers made;

    @Override
    public @Nullable ValueDeserializer<?> findBeanDeserializer(
            JavaType type, DeserializationConfig config, BeanDescription.Supplier description) {
        return LazySerializers.mayBeOurs(type.getRawClass())
                ? made().findBeanDeserializer(type, config, description)
                : null;
    }

    @Override
    public boolean hasDeserializerFor(DeserializationConfig config, Class<?> valueType) {
        return LazySerializers.mayBeOurs(valueType) && made().hasDeserializerFor(config, valueType);
    }

    private Deserializers made() {
        var known = made;
        if (known == null) {
            known = new SimpleDeserializers(Deserializer.all());
            made = known;
        }
        return known;
    }
}
