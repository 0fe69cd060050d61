package dev.darkroom.livepreview;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import org.jspecify.annotations.Nullable;

/** Estimates what a request will cost at least, where the gateway's catalogue lets it be counted. Asking costs nothing. */
final class CostEstimates {

    private final @Nullable ImageClient client;

    /** The client is for generators that are none themselves, such as a decoration of it. */
    CostEstimates(@Nullable ImageClient client) {
        this.client = client;
    }

    /** Adds it to the progress, at once or later or never; an estimate is no reason to hold up or to fail anything. */
    void of(ImageGenerator generator, ImageRequest request, Progress progress) {
        var asked = generator instanceof ImageClient own ? own : client;
        if (asked == null) {
            return;
        }
        asked.catalogue()
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
