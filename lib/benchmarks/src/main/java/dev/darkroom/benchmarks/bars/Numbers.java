package dev.darkroom.benchmarks.bars;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a child said, by name. */
final class Numbers {

    private final Map<String, Double> values = new HashMap<>();

    /** Takes a line if it is {@code name=number}. */
    void read(String line) {
        int equals = line.indexOf('=');
        if (equals > 0) {
            values.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
        }
    }

    double get(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("the child did not say " + name + ", only " + values.keySet());
        }
        return value;
    }

    /** What follows this prefix in the names that have it, in alphabetical order. */
    List<String> names(String prefix) {
        return values.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .sorted()
                .toList();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }
}
