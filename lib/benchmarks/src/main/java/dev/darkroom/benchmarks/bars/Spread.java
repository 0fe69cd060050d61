package dev.darkroom.benchmarks.bars;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * Several measurements of one thing.
 *
 * @param lowest of them
 * @param median of them
 * @param highest of them
 */
record Spread(double lowest, double median, double highest) {

    static Spread of(double... values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }

    static <T> Spread of(Collection<T> measurements, ToDoubleFunction<T> value) {
        return of(measurements.stream().mapToDouble(value).toArray());
    }

    String text(String unit) {
        return Findings.number(median)
                + unit
                + (lowest == highest ? "" : " (" + Findings.number(lowest) + " – " + Findings.number(highest) + ")");
    }
}
