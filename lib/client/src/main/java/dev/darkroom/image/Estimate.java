package dev.darkroom.image;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway's catalogue says of a request before money is spent. A catalogue may be behind the truth, so this is no
 * promise: {@link Usage#cost()} tells the cost.
 *
 * @param faults what the model does not take, each a sentence with what it would take; empty if the request fits
 * @param previews whether a provider that takes the request sends previews
 * @param leastCost in US dollars at the cheapest such provider, of what can be counted beforehand; null if nothing can
 * @param mostCost the same at the dearest one
 * @param uncounted prices of what only turns out while it is made, such as tokens; they come on top of the
 *     costs
 */
public record Estimate(
        List<String> faults,
        boolean previews,
        @Nullable BigDecimal leastCost,
        @Nullable BigDecimal mostCost,
        List<PricingLine> uncounted) {

    /**
     * Copies the lists.
     *
     * @param faults what the model does not take, each a sentence with what it would take; empty if the request fits
     * @param previews whether a provider that takes the request sends previews
     * @param leastCost in US dollars at the cheapest such provider, of what can be counted beforehand; null if nothing
     *     can
     * @param mostCost the same at the dearest one
     * @param uncounted prices of what only turns out while it is made, such as tokens; they come on top of the costs
     */
    public Estimate {
        faults = List.copyOf(faults);
        uncounted = List.copyOf(uncounted);
    }
}
