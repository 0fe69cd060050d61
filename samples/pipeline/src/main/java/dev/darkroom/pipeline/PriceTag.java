package dev.darkroom.pipeline;

import java.math.BigDecimal;

/**
 * What the rest would cost by the gateway's catalogue, in US dollars.
 *
 * @param prompts that are to be sent
 * @param priced of these, those of which the catalogue knows a price
 * @param least at the cheapest providers
 * @param most at the dearest ones
 * @param uncounted whether some of it, such as tokens, comes on top
 * @param unfit prompts which the catalogue says the model does not take
 */
public record PriceTag(int prompts, int priced, BigDecimal least, BigDecimal most, boolean uncounted, int unfit) {

    static final PriceTag NOTHING = new PriceTag(0, 0, BigDecimal.ZERO, BigDecimal.ZERO, false, 0);

    PriceTag plus(dev.darkroom.image.Estimate estimate) {
        var known = estimate.leastCost() != null;
        return new PriceTag(
                prompts + 1,
                priced + (known ? 1 : 0),
                estimate.leastCost() == null ? least : least.add(estimate.leastCost()),
                estimate.mostCost() == null ? most : most.add(estimate.mostCost()),
                uncounted || !estimate.uncounted().isEmpty(),
                unfit + (estimate.faults().isEmpty() ? 0 : 1));
    }

    PriceTag unpriced() {
        return new PriceTag(prompts + 1, priced, least, most, uncounted, unfit);
    }
}
