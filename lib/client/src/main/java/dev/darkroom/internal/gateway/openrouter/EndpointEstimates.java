package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.Estimate;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.PricingLine;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what a request costs at those who serve its model. A router sends the request to one that takes all of it, so it
 * fits if it fits anywhere; if it does not, the provider that objects least says why.
 */
public final class EndpointEstimates {

    private EndpointEstimates() {}

    static Estimate of(ImageRequest request, List<ModelEndpoint> endpoints) {
        var allowed =
                endpoints.stream().filter(each -> isAllowed(request, each)).toList();
        if (allowed.isEmpty()) {
            return new Estimate(List.of("no provider that may be used serves it"), false, null, null, List.of());
        }
        var faults = allowed.stream()
                .map(each -> CapabilityRules.faults(request, each.supportedParameters()))
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
        var fitting = faults.isEmpty()
                ? allowed.stream()
                        .filter(each -> CapabilityRules.faults(request, each.supportedParameters())
                                .isEmpty())
                        .toList()
                : allowed;
        var estimates = fitting.stream()
                .map(each -> new PriceEstimate(request, each.pricing()))
                .toList();
        return new Estimate(
                faults,
                fitting.stream().anyMatch(ModelEndpoint::supportsStreaming),
                extreme(estimates, PriceEstimate::least, BigDecimal::min),
                extreme(estimates, PriceEstimate::most, BigDecimal::max),
                uncounted(estimates));
    }

    private static boolean isAllowed(ImageRequest request, ModelEndpoint endpoint) {
        var routing = request.get(OpenRouter.ROUTING).orElse(null);
        if (routing == null) {
            return true;
        }
        var tag = Objects.requireNonNullElse(endpoint.providerTag(), endpoint.providerSlug());
        var only = routing.only();
        var ignore = routing.ignore();
        return (only == null || only.contains(tag)) && (ignore == null || !ignore.contains(tag));
    }

    /** Null where it cannot be known of one of them: that one may be the cheapest, or the dearest. */
    private static @Nullable BigDecimal extreme(
            List<PriceEstimate> estimates,
            Function<PriceEstimate, @Nullable BigDecimal> cost,
            BinaryOperator<BigDecimal> choice) {
        BigDecimal extreme = null;
        for (PriceEstimate estimate : estimates) {
            var one = cost.apply(estimate);
            if (one == null) {
                return null;
            }
            extreme = extreme == null ? one : choice.apply(extreme, one);
        }
        return extreme;
    }

    private static List<PricingLine> uncounted(List<PriceEstimate> estimates) {
        return estimates.stream()
                .flatMap(estimate -> estimate.uncounted().stream())
                .distinct()
                .toList();
    }
}
