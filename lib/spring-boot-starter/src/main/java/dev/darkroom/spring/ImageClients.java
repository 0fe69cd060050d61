package dev.darkroom.spring;

import dev.darkroom.Gateways;
import dev.darkroom.ImageClient;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gate.RateGate;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/**
 * Makes the clients of the application from their properties, and closes them with it. All of them share one gate, because
 * two of them may share a quota.
 */
final class ImageClients implements DisposableBean {

    private final ClientProperties defaults;
    private final NamedClientProperties named;
    private final @Nullable EmulatorBaseUrls emulator;
    private final @Nullable SslBundles bundles;
    private final RateGate gate;
    private final ClientShutdown shutdown;
    private final @Nullable ImageApiKeySource keys;
    private final @Nullable ClientInstrumentation instrument;
    private final List<ImageClientCustomizer> customizers;
    private final Environment environment;
    private final List<ImageClient> made = new CopyOnWriteArrayList<>();

    ImageClients(
            ClientProperties defaults,
            NamedClientProperties named,
            @Nullable EmulatorBaseUrls emulator,
            @Nullable SslBundles bundles,
            RateGate gate,
            ClientShutdown shutdown,
            @Nullable ImageApiKeySource keys,
            @Nullable ClientInstrumentation instrument,
            List<ImageClientCustomizer> customizers,
            Environment environment) {
        this.defaults = defaults;
        this.named = named;
        this.emulator = emulator;
        this.bundles = bundles;
        this.gate = shutdown.closing(gate);
        this.shutdown = shutdown;
        this.keys = keys;
        this.instrument = instrument;
        this.customizers = customizers;
        this.environment = environment;
    }

    ImageClient client(String name) {
        var own = name.equals(PropertyNames.DEFAULT) ? null : named.clients().get(name);
        var properties = own == null ? defaults : own.over(defaults);
        var names = new PropertyNames(name, environment);
        var gateway = gateway(names, properties.providerOrDefault());
        var dialect = gateway.dialect();
        var client = ImageClient.of(dialect);
        made.add(client); // its copies share its connections
        client = client.rateLimits(r -> r.gate(gate));
        if (instrument != null) {
            client = instrument.applyTo(client, name, dialect.name(), gate);
        }
        client = new ClientSettings(names, properties, gateway).applyTo(client);
        client = emulator == null
                ? new ConnectionSettings(names, properties, bundles)
                        .applyTo(withAccess(names, properties, client, dialect.name()))
                : emulated(names, dialect.name(), client, emulator);
        for (var customizer : customizers) {
            client = Objects.requireNonNull(
                    customizer.customize(name, client), () -> "an ImageClientCustomizer gave no client for " + name);
        }
        return client.decorate(shutdown::waitedFor).label(label(name, properties.model()));
    }

    private static String label(String name, @Nullable String model) {
        return model == null || model.isBlank() ? name : name + ", " + model;
    }

    private static GatewayProvider gateway(PropertyNames names, String provider) {
        try {
            return Gateways.named(provider);
        } catch (IllegalArgumentException e) {
            throw names.wrong("provider", provider, String.valueOf(e.getMessage()));
        }
    }

    /** Neither a key nor a proxy, nor the certificates of somebody else. */
    private static ImageClient emulated(
            PropertyNames names, String gateway, ImageClient client, EmulatorBaseUrls emulator) {
        URI url;
        try {
            url = emulator.baseUrl(gateway);
        } catch (IllegalArgumentException e) {
            throw names.wrong(
                    "provider", gateway, "the emulator stands in for the known ones alone: " + e.getMessage());
        }
        var host = url.getHost().replaceAll("[\\[\\]]", "");
        return client.baseUrl(url.toString()).apiKey(EmulatorBaseUrls.KEY).downloads(d -> d.allow(host));
    }

    private ImageClient withAccess(
            PropertyNames names, ClientProperties properties, ImageClient client, String gateway) {
        var url = properties.baseUrl();
        var there = url == null ? client : at(names, url, client);
        var key = properties.apiKey();
        if (key != null && key.contains("${")) {
            throw names.wrong("api-key", "nothing is known for a placeholder in it");
        }
        if (key != null && !key.isBlank()) {
            try {
                return there.apiKey(key);
            } catch (IllegalArgumentException e) {
                throw names.wrong("api-key", String.valueOf(e.getMessage()));
            }
        }
        if (keys == null) {
            throw new MissingApiKeyException(names.client(), gateway);
        }
        return there.apiKey(keys.apiKey(names.client()));
    }

    /** Whose name and password may stand in the URL, though it is refused for them. */
    private static ImageClient at(PropertyNames names, String url, ImageClient client) {
        try {
            return client.baseUrl(url);
        } catch (IllegalArgumentException e) {
            throw names.wrong("base-url", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void destroy() {
        shutdown.warnOfWhatIsCut();
        made.forEach(ImageClient::close);
    }
}
