package dev.darkroom.pipeline;

import dev.darkroom.ImageClient;
import dev.darkroom.image.Estimate;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import java.math.BigDecimal;
import reactor.core.publisher.Mono;

/** What the gateway's catalogue says of prices, where it has one. */
final class Prices {

    private final ImageClient client;

    Prices(ImageClient client) {
        this.client = client;
    }

    /** Empty if nobody can say. */
    Mono<Estimate> estimate(ImageRequest request) {
        return client.catalogue()
                .map(catalogue -> catalogue.estimate(request).onErrorResume(ImageException.class, e -> Mono.empty()))
                .orElseGet(Mono::empty);
    }

    /** What it may cost; empty if not all of it can be counted. */
    Mono<BigDecimal> dearest(ImageRequest request) {
        return estimate(request)
                .filter(estimate -> estimate.uncounted().isEmpty())
                .mapNotNull(Estimate::mostCost);
    }
}
