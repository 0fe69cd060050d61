package dev.darkroom.benchmarks.child;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Numbers of which the middle and the worst count. */
final class Distribution {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    void say(String name) {
        if (values.isEmpty()) {
            return;
        }
        Collections.sort(values);
        Say.number(name + ".median", at(0.5));
        Say.number(name + ".p99", at(0.99));
        Say.number(name + ".max", at(1));
    }

    private double at(double share) {
        return values.get((int) Math.round(share * (values.size() - 1)));
    }
}
