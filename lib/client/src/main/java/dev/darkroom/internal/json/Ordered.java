package dev.darkroom.internal.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies which keep the order of the wire, and nulls; {@code Map.copyOf} does neither. */
public final class Ordered {

    private Ordered() {}

    public static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** A JSON value which nobody can change any more: maps and lists are copied to the bottom. */
    public static @Nullable Object deepCopyOf(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return deepCopyOf(map);
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>();
            list.forEach(element -> copy.add(deepCopyOf(element)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    public static <K> Map<K, @Nullable Object> deepCopyOf(Map<K, ?> map) {
        var copy = new LinkedHashMap<K, @Nullable Object>();
        map.forEach((key, value) -> copy.put(key, deepCopyOf((Object) value)));
        return Collections.unmodifiableMap(copy);
    }
}
