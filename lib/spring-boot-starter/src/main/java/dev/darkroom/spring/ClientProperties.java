package dev.darkroom.spring;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import reactor.netty.transport.ProxyProvider;

/**
 * What a client shall be like. What is not set stays as the client has it.
 *
 * @param provider Whose API is spoken; openrouter unless set.
 * @param baseUrl Another place of the same API, for example a proxy of your own.
 * @param apiKey The key, as the gateway gave it. Keep it out of files: an environment variable does.
 * @param model The model of every request whose own model is empty.
 * @param lenient Whether options that the gateway does not take are left out with a warning, instead of refused.
 * @param longestWait How long a request may wait after it was refused for now; 2 min unless set, 0 never to wait.
 * @param deadline How long a request may take altogether, waits included, if it names no deadline itself.
 * @param headers Headers for every call.
 * @param timeouts How long to wait for the server.
 * @param limits How much of an answer to take.
 * @param proxy The proxy between here and the gateway.
 * @param ssl What secures the connection.
 * @param attribution Names your application to OpenRouter, for its rankings.
 */
@ConfigurationProperties("darkroom")
public record ClientProperties(
        @Nullable Provider provider,
        @Nullable String baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        @Nullable Boolean lenient,
        @Nullable Duration longestWait,
        @Nullable Duration deadline,
        @DefaultValue Map<String, String> headers,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Limits limits,
        @Nullable Proxy proxy,
        @DefaultValue Ssl ssl,
        @DefaultValue Attribution attribution) {

    /**
     * Four separate limits on waiting for the server.
     *
     * @param connect How long to wait for a connection; 10 s unless set.
     * @param firstByte How long to wait for the head of the answer; 10 min unless set. Where nothing is streamed that is
     *     the whole render.
     * @param silence How long the server may be silent while it answers; 5 min unless set.
     * @param total How long to wait for the server in one attempt; no limit unless set.
     */
    public record Timeouts(
            @Nullable Duration connect,
            @Nullable Duration firstByte,
            @Nullable Duration silence,
            @Nullable Duration total) {

        Timeouts over(Timeouts other) {
            return new Timeouts(
                    or(connect, other.connect),
                    or(firstByte, other.firstByte),
                    or(silence, other.silence),
                    or(total, other.total));
        }
    }

    /**
     * How much of an answer to take.
     *
     * @param image How large one image may be; 128 MB unless set.
     * @param text How large the text of one event or document may be, images not counted; 8 MB unless set.
     * @param response How large a whole answer may be; 2 GB unless set.
     * @param images How many images, previews included, one answer may hold; 256 unless set.
     */
    public record Limits(
            @Nullable DataSize image,
            @Nullable DataSize text,
            @Nullable DataSize response,
            @Nullable Integer images) {

        Limits over(Limits other) {
            return new Limits(
                    or(image, other.image),
                    or(text, other.text),
                    or(response, other.response),
                    or(images, other.images));
        }
    }

    /**
     * The proxy between here and the gateway.
     *
     * @param type What it speaks.
     * @param host Where it is.
     * @param port Its port.
     * @param username Who we are to it, if it asks.
     * @param password Our password there.
     * @param nonProxyHosts A regular expression of the hosts that are reached without it.
     */
    public record Proxy(
            @DefaultValue("http") ProxyProvider.Proxy type,
            String host,
            int port,
            @Nullable String username,
            @Nullable String password,
            @Nullable String nonProxyHosts) {

        /** Neither name nor password. */
        @Override
        public String toString() {
            return "Proxy[" + type + " " + host + ":" + port + "]";
        }
    }

    /**
     * What secures the connection.
     *
     * @param bundle The name of the SSL bundle (spring.ssl.bundle) whose certificates are presented and trusted.
     */
    public record Ssl(@Nullable String bundle) {

        Ssl over(Ssl other) {
            return new Ssl(or(bundle, other.bundle));
        }
    }

    /**
     * Names the application to OpenRouter.
     *
     * @param url Where your application is.
     * @param title What it is called; visible ASCII.
     */
    public record Attribution(
            @Nullable String url, @Nullable String title) {

        Attribution over(Attribution other) {
            return new Attribution(or(url, other.url), or(title, other.title));
        }
    }

    /**
     * These properties, and the others where these say nothing. The key and the place of another provider are not taken
     * over: a key is for its own gateway only.
     */
    ClientProperties over(ClientProperties other) {
        var sameGateway = providerOrDefault() == other.providerOrDefault() && baseUrl == null;
        var all = new LinkedHashMap<>(other.headers);
        all.putAll(headers);
        return new ClientProperties(
                or(provider, other.provider),
                sameGateway ? other.baseUrl : baseUrl,
                sameGateway ? or(apiKey, other.apiKey) : apiKey,
                sameGateway ? or(model, other.model) : model,
                or(lenient, other.lenient),
                or(longestWait, other.longestWait),
                or(deadline, other.deadline),
                sameGateway ? all : headers,
                timeouts.over(other.timeouts),
                limits.over(other.limits),
                or(proxy, other.proxy),
                ssl.over(other.ssl),
                attribution.over(other.attribution));
    }

    Provider providerOrDefault() {
        return provider == null ? Provider.OPENROUTER : provider;
    }

    private static <T> @Nullable T or(@Nullable T value, @Nullable T otherwise) {
        return value == null ? otherwise : value;
    }

    /** Neither key nor headers. */
    @Override
    public String toString() {
        return "ClientProperties[" + providerOrDefault().name() + ", baseUrl=" + baseUrl + "]";
    }
}
