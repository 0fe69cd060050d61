package dev.darkroom.spring;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the values of a tag few: the first {@value #MAX_VALUES} names stay, later ones are {@value #OTHER}. A model can be named by
 * whoever uses the application, and every new value of a tag is a time series for ever.
 */
final class TagValueLimit {

    static final int MAX_VALUES = 100;
    static final String OTHER = "other";
    private static final int MAX_LENGTH = 100;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    String of(String name) {
        if (known.contains(name)) {
            return name;
        }
        if (name.isBlank() || name.length() > MAX_LENGTH || known.size() >= MAX_VALUES) {
            return OTHER;
        }
        known.add(name);
        return name;
    }
}
