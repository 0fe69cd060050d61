package dev.darkroom.image;

import dev.darkroom.internal.json.Ordered;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One provider of a model, as a router's catalogue describes it.
 *
 * @param providerName for people
 * @param providerSlug what keys {@link dev.darkroom.gateway.ProviderRouting#options()}
 * @param providerTag what goes into {@link dev.darkroom.gateway.ProviderRouting#only()} and {@code order()}; may be null
 * @param supportedParameters what it accepts, by the parameter's name on the wire; may be empty
 * @param passthroughParameters fields of {@link dev.darkroom.gateway.ProviderRouting#options()} which it takes
 * @param supportsStreaming whether it sends previews
 * @param pricing its price list
 */
public record ModelEndpoint(
        String providerName,
        String providerSlug,
        @Nullable String providerTag,
        Map<String, Capability> supportedParameters,
        List<String> passthroughParameters,
        boolean supportsStreaming,
        List<PricingLine> pricing) {

    /**
     * Copies the collections.
     *
     * @param providerName for people
     * @param providerSlug what keys {@link dev.darkroom.gateway.ProviderRouting#options()}
     * @param providerTag what goes into {@link dev.darkroom.gateway.ProviderRouting#only()} and {@code order()}; may be null
     * @param supportedParameters what it accepts, by the parameter's name on the wire; may be empty
     * @param passthroughParameters fields of {@link dev.darkroom.gateway.ProviderRouting#options()} which it takes
     * @param supportsStreaming whether it sends previews
     * @param pricing its price list
     */
    public ModelEndpoint {
        supportedParameters = Ordered.copyOf(supportedParameters);
        passthroughParameters = List.copyOf(passthroughParameters);
        pricing = List.copyOf(pricing);
    }
}
