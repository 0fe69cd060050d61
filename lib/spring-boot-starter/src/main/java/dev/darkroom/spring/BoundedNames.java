package dev.darkroom.spring;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the values of a tag few: the first {@value #MOST} names stay, later ones are {@value #OTHER}. A model can be named by
 * whoever uses the application, and every new value of a tag is a time series for ever.
 */
final class BoundedNames {

    static final int MOST = 100;
    static final String OTHER = "other";
    private static final int LONGEST = 100;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    String of(String name) {
        if (known.contains(name)) {
            return name;
        }
        if (name.isBlank() || name.length() > LONGEST || known.size() >= MOST) {
            return OTHER;
        }
        known.add(name);
        return name;
    }
}
