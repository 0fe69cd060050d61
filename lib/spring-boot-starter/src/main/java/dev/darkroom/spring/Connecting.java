package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/** The way to the gateway: proxy and TLS. */
record Connecting(ClientProperties properties, @Nullable SslBundles bundles) {

    ImageClient applyTo(ImageClient client) {
        var proxy = properties.proxy();
        var bundle = properties.ssl().bundle();
        var reached = proxy == null ? client : client.customize(http -> http.proxy(spec -> proxy(spec, proxy)));
        return bundle == null ? reached : reached.customize(http -> secured(http, bundle));
    }

    private static void proxy(ProxyProvider.TypeSpec spec, ClientProperties.Proxy proxy) {
        var builder = spec.type(proxy.type()).host(proxy.host()).port(proxy.port());
        var username = proxy.username();
        var password = proxy.password();
        var direct = proxy.nonProxyHosts();
        if (username != null) {
            builder.username(username);
        }
        if (password != null) {
            builder.password(user -> password);
        }
        if (direct != null) {
            builder.nonProxyHosts(direct);
        }
    }

    private HttpClient secured(HttpClient http, String name) {
        if (bundles == null) {
            throw new InvalidConfigurationPropertyValueException(
                    "darkroom.ssl.bundle", name, "the application has no SSL bundles");
        }
        var context = context(bundles.getBundle(name));
        return http.secure(spec -> spec.sslContext(context));
    }

    private static SslContext context(SslBundle bundle) {
        try {
            var managers = bundle.getManagers();
            var options = bundle.getOptions();
            return SslContextBuilder.forClient()
                    .keyManager(managers.getKeyManagerFactory())
                    .trustManager(managers.getTrustManagerFactory())
                    .ciphers(SslOptions.asSet(options.getCiphers()))
                    .protocols(options.getEnabledProtocols())
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the SSL bundle of an image client cannot be used", e);
        }
    }
}
