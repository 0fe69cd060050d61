package dev.darkroom.cli;

import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.gateway.ProviderRouting;
import dev.darkroom.image.ImageRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which providers a router may use, and what it and whoever stands before it are told of the request. */
final class RoutingOptions {

    @Option(
            names = "--route-only",
            split = ",",
            paramLabel = "TAG",
            description = "Only these providers of the router.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--route-order",
            split = ",",
            paramLabel = "TAG",
            description = "These providers first, in this order.")
    private List<String> order = new ArrayList<>();

    @Option(names = "--route-ignore", split = ",", paramLabel = "TAG", description = "Not these providers.")
    private List<String> ignore = new ArrayList<>();

    @Option(
            names = "--route-fallbacks",
            negatable = true,
            description = "Let others try when the chosen providers fail (the router's default), or do not.")
    private @Nullable Boolean fallbacks;

    @Option(
            names = "--route-sort",
            paramLabel = "BY",
            description = "price, throughput, latency, exacto; price/none to sort over all models' providers.")
    private @Nullable String sort;

    @Option(
            names = "--route-option",
            paramLabel = "SLUG:KEY=JSON",
            description = "A field for one provider, handed on as it is: black-forest-labs:steps=30.")
    private List<ProviderField> extras = new ArrayList<>();

    @Option(names = "--session-id", paramLabel = "ID", description = "Groups requests, for the router's observability.")
    private @Nullable String sessionId;

    @Option(
            names = "--trace",
            paramLabel = "KEY=JSON",
            description = "For the router's observability: trace_id=abc, generation_name=poster.")
    private List<JsonField> trace = new ArrayList<>();

    @Option(
            names = "--header",
            paramLabel = "NAME:VALUE",
            description = "A header of this request: 'HTTP-Referer: https://example.org'. Never the key.")
    private List<Header> headers = new ArrayList<>();

    ImageRequest on(ImageRequest request) {
        var routing = routing();
        var routed = routing.equals(ProviderRouting.any()) ? request : request.with(OpenRouter.ROUTING, routing);
        routed = sessionId == null ? routed : routed.with(OpenRouter.SESSION_ID, sessionId);
        routed = trace.isEmpty() ? routed : routed.with(OpenRouter.TRACE, fields());
        for (var header : headers) {
            routed = routed.header(header.name(), header.value());
        }
        return routed;
    }

    private ProviderRouting routing() {
        var routing = ProviderRouting.any();
        routing = only.isEmpty() ? routing : routing.only(only.toArray(String[]::new));
        routing = order.isEmpty() ? routing : routing.order(order.toArray(String[]::new));
        routing = ignore.isEmpty() ? routing : routing.ignore(ignore.toArray(String[]::new));
        routing = fallbacks == null ? routing : routing.allowFallbacks(fallbacks);
        if (sort != null) {
            var slash = sort.indexOf('/');
            routing =
                    slash < 0 ? routing.sort(sort) : routing.sort(sort.substring(0, slash), sort.substring(slash + 1));
        }
        var bySlug = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        extras.forEach(extra -> bySlug.computeIfAbsent(extra.slug(), slug -> new LinkedHashMap<>())
                .put(extra.field().name(), extra.field().value()));
        for (var entry : bySlug.entrySet()) {
            routing = routing.options(entry.getKey(), entry.getValue());
        }
        return routing;
    }

    private Map<String, @Nullable Object> fields() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        trace.forEach(field -> fields.put(field.name(), field.value()));
        return fields;
    }
}
