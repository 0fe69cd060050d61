package dev.darkroom.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies which keep the order of the wire; {@code Map.copyOf} does not. */
final class Ordered {

    private Ordered() {}

    static <K, V> Map<K, V> copyOf(Map<K, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
