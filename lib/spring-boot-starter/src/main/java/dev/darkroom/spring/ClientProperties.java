package dev.darkroom.spring;

import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.CatalogueCheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import reactor.netty.transport.ProxyProvider;

/**
 * What a client shall be like. What is not set stays as the client has it.
 *
 * @param provider Whose API is spoken, by its name in the list of gateways, to which a jar may add its own; openrouter unless set.
 * @param baseUrl Another place of the same API, for example a proxy of your own.
 * @param apiKey The key, as the gateway gave it. Keep it out of files: an environment variable does.
 * @param model The model of every request whose own model is empty.
 * @param dropUnsupportedOptions Whether options that the gateway does not take are left out with a warning, instead of refused.
 * @param catalogueCheck Whether each request is held against the gateway's catalogue before money is spent; off unless set. Only
 *     OpenRouter has one.
 * @param deadline How long a request may take altogether, waits included, if it names no deadline itself.
 * @param headers Headers for every call.
 * @param options Options of every request that does not set them itself, as text, by their names: quality, sequential-images, …
 * @param timeouts How long to wait for the server.
 * @param connections How connections are made and kept.
 * @param limits How much of an answer to take.
 * @param downloads What becomes of images that a gateway sends by URL.
 * @param rateLimits How a request waits for a rate limit.
 * @param proxy The proxy between here and the gateway.
 * @param ssl What secures the connection.
 * @param attribution Names your application to OpenRouter, for its rankings.
 */
@ConfigurationProperties("darkroom")
public record ClientProperties(
        @Nullable String provider,
        @Nullable String baseUrl,
        @Nullable String apiKey,
        @Nullable String model,
        @Nullable Boolean dropUnsupportedOptions,
        @Nullable CatalogueCheck catalogueCheck,
        @Nullable Duration deadline,
        @DefaultValue Map<String, String> headers,
        @DefaultValue Map<String, String> options,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Connections connections,
        @DefaultValue Limits limits,
        @DefaultValue Downloads downloads,
        @DefaultValue RateLimits rateLimits,
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
     * How connections are made and kept.
     *
     * @param http2 Whether HTTP/2 is offered where there is TLS; false unless set.
     * @param max How many connections there may be to one host; 10000 unless set.
     * @param maxWait How long a request waits for a connection where all are in use; 45 s unless set.
     * @param maxWaiting How many requests may wait for a connection to one host; 10000 unless set.
     * @param maxIdle How long a connection may lie idle; 20 s unless set.
     * @param maxLife How long a connection is used before its host is looked up anew; 5 min unless set.
     */
    public record Connections(
            @Nullable Boolean http2,
            @Nullable Integer max,
            @Nullable Duration maxWait,
            @Nullable Integer maxWaiting,
            @Nullable Duration maxIdle,
            @Nullable Duration maxLife) {

        Connections over(Connections other) {
            return new Connections(
                    or(http2, other.http2),
                    or(max, other.max),
                    or(maxWait, other.maxWait),
                    or(maxWaiting, other.maxWaiting),
                    or(maxIdle, other.maxIdle),
                    or(maxLife, other.maxLife));
        }
    }

    /**
     * How much of an answer to take.
     *
     * @param imageBytes How large one image may be; 128 MB unless set.
     * @param textBytes How large the text of one event or document may be, images not counted; 8 MB unless set.
     * @param responseBytes How large a whole answer may be; 2 GB unless set.
     * @param headBytes How large the head of an answer may be, all its header lines together; 64 KB unless set.
     * @param images How many images, previews and failed ones included, one answer may hold; 256 unless set.
     * @param heapBytes How much of the heap one request may keep at a time; a quarter of it unless set, 2 GB at most.
     */
    public record Limits(
            @Nullable DataSize imageBytes,
            @Nullable DataSize textBytes,
            @Nullable DataSize responseBytes,
            @Nullable DataSize headBytes,
            @Nullable Integer images,
            @Nullable DataSize heapBytes) {

        Limits over(Limits other) {
            return new Limits(
                    or(imageBytes, other.imageBytes),
                    or(textBytes, other.textBytes),
                    or(responseBytes, other.responseBytes),
                    or(headBytes, other.headBytes),
                    or(images, other.images),
                    or(heapBytes, other.heapBytes));
        }
    }

    /**
     * What becomes of images that a gateway sends by URL.
     *
     * @param fetch Whether every image comes with its bytes; true unless set.
     * @param allow Hosts, addresses and ranges of addresses besides the public Internet from which images may come.
     * @param timeout How long one download may take altogether; 2 min unless set.
     */
    public record Downloads(
            @Nullable Boolean fetch,
            @Nullable List<String> allow,
            @Nullable Duration timeout) {

        Downloads over(Downloads other) {
            return new Downloads(or(fetch, other.fetch), or(allow, other.allow), or(timeout, other.timeout));
        }
    }

    /**
     * How a request waits for a rate limit.
     *
     * @param maxWait How long a request that was refused or not accepted may wait to be tried again; 2 min unless set, 0 never to
     *     try again.
     * @param leastTimeToSend How much of the deadline must be left for a request to be sent; a second or a tenth of the deadline
     *     unless set, whichever is less.
     */
    public record RateLimits(
            @Nullable Duration maxWait, @Nullable Duration leastTimeToSend) {

        RateLimits over(RateLimits other) {
            return new RateLimits(or(maxWait, other.maxWait), or(leastTimeToSend, other.leastTimeToSend));
        }
    }

    /**
     * The proxy between here and the gateway.
     *
     * @param type What the proxy speaks.
     * @param host The host of the proxy.
     * @param port The port of the proxy.
     * @param username The user name at the proxy, if it asks for one.
     * @param password The password at the proxy.
     * @param nonProxyHosts A regular expression of the hosts that are reached without the proxy.
     */
    public record Proxy(
            @DefaultValue("http") ProxyProvider.Proxy type,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password,
            @Nullable String nonProxyHosts) {

        /** Neither name nor password, and no host: a whole URL may have been written there. */
        @Override
        public String toString() {
            return "Proxy[" + type + ", port=" + port + "]";
        }
    }

    /**
     * What secures the connection.
     *
     * @param bundle The name of the SSL bundle (spring.ssl.bundle) whose certificates are presented to the gateway, and trusted
     *     there and where images are fetched by URL.
     */
    public record Ssl(@Nullable String bundle) {

        Ssl over(Ssl other) {
            return new Ssl(or(bundle, other.bundle));
        }
    }

    /**
     * Names the application to OpenRouter, and to nobody else.
     *
     * @param url The URL of your application, for the rankings of OpenRouter.
     * @param title The name of your application, for the rankings of OpenRouter; visible ASCII.
     */
    public record Attribution(
            @Nullable String url, @Nullable String title) {

        Attribution over(Attribution other) {
            return new Attribution(or(url, other.url), or(title, other.title));
        }
    }

    /**
     * These properties, and the others where these say nothing. What is for one gateway only is not taken over to another: its
     * key above all.
     */
    ClientProperties over(ClientProperties other) {
        var sameProvider = folded(providerOrDefault()).equals(folded(other.providerOrDefault()));
        var sameGateway = sameProvider && baseUrl == null;
        var all = merged(other.headers, headers);
        return new ClientProperties(
                or(provider, other.provider),
                sameGateway ? other.baseUrl : baseUrl,
                sameGateway ? or(apiKey, other.apiKey) : apiKey,
                sameGateway ? or(model, other.model) : model,
                or(dropUnsupportedOptions, other.dropUnsupportedOptions),
                sameProvider ? or(catalogueCheck, other.catalogueCheck) : catalogueCheck,
                or(deadline, other.deadline),
                sameGateway ? all : headers,
                sameProvider ? merged(other.options, options) : options,
                timeouts.over(other.timeouts),
                connections.over(other.connections),
                limits.over(other.limits),
                downloads.over(other.downloads),
                rateLimits.over(other.rateLimits),
                or(proxy, other.proxy),
                ssl.over(other.ssl),
                sameGateway ? attribution.over(other.attribution) : attribution);
    }

    String providerOrDefault() {
        return provider == null || provider.isBlank() ? OpenRouter.NAME : provider.strip();
    }

    /** As the list of gateways compares names. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static Map<String, String> merged(Map<String, String> some, Map<String, String> more) {
        var all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static <T> @Nullable T or(@Nullable T value, @Nullable T otherwise) {
        return value == null ? otherwise : value;
    }

    /** Nothing that may hold a key: a mistyped base URL may, too. */
    @Override
    public String toString() {
        return "ClientProperties[" + providerOrDefault() + ", model=" + model + "]";
    }
}
