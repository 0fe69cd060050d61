package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.regex.PatternSyntaxException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import reactor.netty.transport.ProxyProvider;

/** Applies the proxy and TLS properties to a client. */
record ConnectionSettings(
        PropertyNames names,
        ClientProperties properties,
        @Nullable SslBundles bundles) {

    private static final int HIGHEST_PORT = 65_535;
    private static final String HOST = "[\\p{L}\\p{N}._-]+|\\[?[0-9a-fA-F:.]+(%\\w+)?]?";

    ImageClient applyTo(ImageClient client) {
        var proxy = properties.proxy();
        var bundle = properties.ssl().bundle();
        var reached = proxy == null ? client : proxied(client, proxy);
        return bundle == null ? reached : secured(reached, bundle);
    }

    private ImageClient proxied(ImageClient client, ClientProperties.Proxy proxy) {
        var host = proxy.host();
        if (host == null || host.isBlank()) {
            throw names.wrong("proxy.host", "", "a proxy needs a host");
        }
        if (!host.matches(HOST)) {
            throw names.wrong("proxy.host", "it is a name or an address alone, the rest has properties of its own");
        }
        var port = proxy.port();
        if (port == null || port < 1 || port > HIGHEST_PORT) {
            throw names.wrong("proxy.port", port == null ? "" : port, "a proxy needs a port, from 1 to 65535");
        }
        return client.customize(http -> http.proxy(
                spec -> described(proxy, spec.type(proxy.type()).host(host).port(port))));
    }

    private void described(ClientProperties.Proxy proxy, ProxyProvider.Builder builder) {
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
            try {
                builder.nonProxyHosts(direct);
            } catch (PatternSyntaxException e) {
                throw names.wrong(
                        "proxy.non-proxy-hosts", direct, "it is no regular expression: " + e.getDescription());
            }
        }
    }

    /** Who we are is for the gateway; the storages that it names are trusted by the same certificates, and told nothing. */
    private ImageClient secured(ImageClient client, String name) {
        if (bundles == null) {
            throw names.wrong("ssl.bundle", name, "the application has no SSL bundles");
        }
        var bundle = bundle(bundles, name);
        var known = context(bundle, true);
        var unknown = context(bundle, false);
        return client.customize(http -> http.secure(spec -> spec.sslContext(known)))
                .downloads(d -> d.customize(http -> http.secure(spec -> spec.sslContext(unknown))));
    }

    private SslBundle bundle(SslBundles all, String name) {
        try {
            return all.getBundle(name);
        } catch (NoSuchSslBundleException e) {
            throw names.wrong("ssl.bundle", name, "there is no such bundle under spring.ssl.bundle");
        }
    }

    private static ApplicationProtocolConfig http2Or1() {
        return new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2,
                ApplicationProtocolNames.HTTP_1_1);
    }

    private SslContext context(SslBundle bundle, boolean withKeys) {
        try {
            var managers = bundle.getManagers();
            var options = bundle.getOptions();
            var builder = SslContextBuilder.forClient();
            if (Boolean.TRUE.equals(properties.connections().http2())) {
                builder.applicationProtocolConfig(http2Or1());
            }
            return (withKeys ? builder.keyManager(managers.getKeyManagerFactory()) : builder)
                    .trustManager(managers.getTrustManagerFactory())
                    .ciphers(SslOptions.asSet(options.getCiphers()))
                    .protocols(options.getEnabledProtocols())
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("the SSL bundle of an image client cannot be used", e);
        }
    }
}
