package dev.darkroom.call;

import dev.darkroom.image.ModelEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Who serves a model, as the catalogue said it within the last hour: asked for once, whoever wants to know meanwhile. Shared
 * by all copies of a client; thread-safe. What could not be had is asked for again.
 */
public final class PriceLists {

    private static final Duration FRESH = Duration.ofHours(1);
    private static final int MOST_MODELS = 256;

    /** A model at one address: copies of a client may speak to several. */
    private record Key(URI baseUrl, String model) {}

    /** In the order in which they were first asked for, so that the oldest goes when there are too many. */
    private final Map<Key, Mono<List<ModelEndpoint>>> lists = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Mono<List<ModelEndpoint>>> eldest) {
            return size() > MOST_MODELS;
        }
    };

    /** Lists of which none was asked for yet. */
    public PriceLists() {}

    /** The list, from memory or from the source. A subscriber that gives up does not disturb the others. */
    Mono<List<ModelEndpoint>> of(URI baseUrl, String model, Supplier<Mono<List<ModelEndpoint>>> source) {
        synchronized (lists) {
            return lists.computeIfAbsent(
                    new Key(baseUrl, model),
                    key -> Mono.defer(source).cache(list -> FRESH, error -> Duration.ZERO, () -> Duration.ZERO));
        }
    }
}
