package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.gate.RateGate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;

/**
 * Makes the clients of the application from their properties, and closes them with it. All of them share one gate, because
 * two of them may share a quota.
 */
final class ImageClients implements DisposableBean {

    /** The name of the client that {@code darkroom.*} itself describes. */
    static final String DEFAULT = "imageClient";

    private final ClientProperties defaults;
    private final NamedClientProperties named;
    private final @Nullable EmulatedGateway emulator;
    private final @Nullable SslBundles bundles;
    private final RateGate gate;
    private final @Nullable ClientInstrument instrument;
    private final List<ImageClientCustomizer> customizers;
    private final List<ImageClient> made = new CopyOnWriteArrayList<>();

    ImageClients(
            ClientProperties defaults,
            NamedClientProperties named,
            @Nullable EmulatedGateway emulator,
            @Nullable SslBundles bundles,
            RateGate gate,
            @Nullable ClientInstrument instrument,
            List<ImageClientCustomizer> customizers) {
        this.defaults = defaults;
        this.named = named;
        this.emulator = emulator;
        this.bundles = bundles;
        this.gate = gate;
        this.instrument = instrument;
        this.customizers = customizers;
    }

    ImageClient client(String name) {
        var own = name.equals(DEFAULT) ? null : named.clients().get(name);
        var properties = own == null ? defaults : own.over(defaults);
        var prefix = own == null ? "darkroom" : "darkroom.clients." + name;
        var client = properties.providerOrDefault().client();
        made.add(client); // its copies share its connections
        client = reachable(name, prefix, properties, client).gate(gate);
        if (instrument != null) {
            client = instrument.applyTo(client, name, properties.providerOrDefault(), gate);
        }
        client = new ClientSettings(prefix, properties).applyTo(client);
        client = new Connecting(properties, bundles).applyTo(client);
        for (var customizer : customizers) {
            client = customizer.customize(name, client);
        }
        return client;
    }

    private ImageClient reachable(String name, String prefix, ClientProperties properties, ImageClient client) {
        if (emulator != null) {
            var url = emulator.baseUrl(properties.providerOrDefault());
            return client.baseUrl(url.toString()).apiKey(EmulatedGateway.KEY);
        }
        var key = properties.apiKey();
        if (key == null || key.isBlank()) {
            throw new MissingApiKeyException(name, properties.providerOrDefault());
        }
        var url = properties.baseUrl();
        try {
            return (url == null ? client : client.baseUrl(url)).apiKey(key);
        } catch (IllegalArgumentException e) {
            var which = url == null ? ".api-key" : ".base-url or .api-key";
            throw new InvalidConfigurationPropertyValueException(prefix + which, "(not shown)", e.getMessage());
        }
    }

    @Override
    public void destroy() {
        made.forEach(ImageClient::dispose);
    }
}
