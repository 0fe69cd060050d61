package dev.darkroom.gateway;

import dev.darkroom.internal.json.JsonText;
import dev.darkroom.internal.json.Ordered;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which providers a router may use for one request (OpenRouter's {@code provider} object). Immutable; start from
 * {@link #any()}.
 *
 * @param only provider tags which may be used, no others; null for all
 * @param order provider tags in the order in which to try them; null for the router's own
 * @param ignore provider tags not to use; null for none
 * @param allowFallbacks whether others may be tried when these fail; null for the router's default (true)
 * @param sort what to prefer: {@code price}, {@code throughput}, {@code latency}, {@code exacto}, or what the router
 *     adds; null for its own choice
 * @param partition how {@code sort} applies: {@code model} or {@code none}; null for the router's own choice
 * @param options fields for one provider by its slug, passed on to it as they are
 * @see <a href="https://openrouter.ai/docs/guides/overview/multimodal/image-generation">OpenRouter image generation</a>
 */
public record ProviderRouting(
        @Nullable List<String> only,
        @Nullable List<String> order,
        @Nullable List<String> ignore,
        @Nullable Boolean allowFallbacks,
        @Nullable String sort,
        @Nullable String partition,
        Map<String, Map<String, ?>> options) {

    private static final ProviderRouting ANY = new ProviderRouting(null, null, null, null, null, null, Map.of());

    /**
     * Copies the lists and the map.
     *
     * @param only provider tags which may be used, no others; null for all
     * @param order provider tags in the order in which to try them; null for the router's own
     * @param ignore provider tags not to use; null for none
     * @param allowFallbacks whether others may be tried when these fail; null for the router's default (true)
     * @param sort what to prefer: {@code price}, {@code throughput}, {@code latency}, {@code exacto}, or what the
     *     router adds; null for its own choice
     * @param partition how {@code sort} applies: {@code model} or {@code none}; null for the router's own choice
     * @param options fields for one provider by its slug, passed on to it as they are
     */
    public ProviderRouting {
        only = only == null ? null : List.copyOf(only);
        order = order == null ? null : List.copyOf(order);
        ignore = ignore == null ? null : List.copyOf(ignore);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * No wish at all.
     *
     * @return the router's own choice
     */
    public static ProviderRouting any() {
        return ANY;
    }

    /**
     * Only these.
     *
     * @param tags provider tags as the model's endpoints name them
     * @return a copy
     */
    public ProviderRouting only(String... tags) {
        return new ProviderRouting(List.of(tags), order, ignore, allowFallbacks, sort, partition, options);
    }

    /**
     * These first, in this order.
     *
     * @param tags provider tags as the model's endpoints name them
     * @return a copy
     */
    public ProviderRouting order(String... tags) {
        return new ProviderRouting(only, List.of(tags), ignore, allowFallbacks, sort, partition, options);
    }

    /**
     * Not these.
     *
     * @param tags provider tags as the model's endpoints name them
     * @return a copy
     */
    public ProviderRouting ignore(String... tags) {
        return new ProviderRouting(only, order, List.of(tags), allowFallbacks, sort, partition, options);
    }

    /**
     * Whether others may be tried when these fail.
     *
     * @param allowed false to fail instead
     * @return a copy
     */
    public ProviderRouting allowFallbacks(boolean allowed) {
        return new ProviderRouting(only, order, ignore, allowed, sort, partition, options);
    }

    /**
     * What to prefer.
     *
     * @param by {@code price}, {@code throughput}, {@code latency}, {@code exacto}, or what the router adds
     * @return a copy
     */
    public ProviderRouting sort(String by) {
        return new ProviderRouting(only, order, ignore, allowFallbacks, by, partition, options);
    }

    /**
     * What to prefer, and among which.
     *
     * @param by as in {@link #sort(String)}
     * @param partition {@code model} or {@code none}
     * @return a copy
     */
    public ProviderRouting sort(String by, String partition) {
        return new ProviderRouting(only, order, ignore, allowFallbacks, by, partition, options);
    }

    /**
     * Fields for one provider, which the router passes on as they are.
     *
     * @param slug the provider's slug as the model's endpoints name it
     * @param fields JSON values: strings, numbers, booleans, null, lists and maps of them
     * @return a copy
     */
    public ProviderRouting options(String slug, Map<String, ?> fields) {
        var all = new LinkedHashMap<>(options);
        all.put(slug, Ordered.deepCopyOf(fields));
        return new ProviderRouting(only, order, ignore, allowFallbacks, sort, partition, all);
    }

    /**
     * As it goes on the wire, and as {@link OpenRouter#ROUTING} is written as text.
     *
     * @return JSON values by the names that the router has for them; empty for no wish
     */
    public Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        put(fields, "only", only);
        put(fields, "order", order);
        put(fields, "ignore", ignore);
        put(fields, "allow_fallbacks", allowFallbacks);
        put(fields, "sort", sort == null || partition == null ? sort : Map.of("by", sort, "partition", partition));
        put(fields, "options", options.isEmpty() ? null : options);
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    String json() {
        return JsonText.write(fields());
    }

    static ProviderRouting parse(String json) {
        var fields = new RoutingFields(JsonText.read(json));
        return new ProviderRouting(
                fields.tags("only"),
                fields.tags("order"),
                fields.tags("ignore"),
                fields.fallbacks(),
                fields.sort(),
                fields.partition(),
                fields.options());
    }
}
