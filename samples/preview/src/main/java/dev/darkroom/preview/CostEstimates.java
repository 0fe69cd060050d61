package dev.darkroom.preview;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import org.springframework.stereotype.Component;

/** Estimates what a request will cost at least, where the gateway's catalogue lets it be counted. Asking costs nothing. */
@Component
final class CostEstimates {

    private final ImageClient client;

    CostEstimates(ImageClient client) {
        this.client = client;
    }

    /** Adds it to the progress, at once or later or never; an estimate is no reason to hold up or to fail anything. */
    void of(ImageRequest request, Progress progress) {
        client.catalogue()
                .ifPresent(catalogue -> catalogue
                        .estimate(request)
                        .onErrorComplete(ImageException.class)
                        .subscribe(estimate -> {
                            var least = estimate.leastCost();
                            if (least != null && least.signum() > 0) {
                                progress.estimate(least);
                            }
                        }));
    }
}
