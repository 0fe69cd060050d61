package dev.darkroom.pipeline;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was paid, by unit. Thread-safe. */
final class Costs {

    private final Map<String, BigDecimal> sums = new TreeMap<>();

    private @Nullable BigDecimal dearest;

    synchronized void add(String unit, @Nullable BigDecimal cost) {
        if (cost != null) {
            sums.merge(unit, cost, BigDecimal::add);
            dearest = dearest == null ? cost : dearest.max(cost);
        }
    }

    /** Of one prompt; null if nobody has paid for one. */
    synchronized @Nullable BigDecimal dearest() {
        return dearest;
    }

    synchronized Map<String, BigDecimal> sums() {
        return new TreeMap<>(sums);
    }

    /** Whatever it is counted in: one gateway counts in one unit. */
    synchronized BigDecimal sum() {
        return sums.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
