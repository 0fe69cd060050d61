package dev.darkroom.settings;

import dev.darkroom.internal.address.DownloadSources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;

/**
 * What becomes of images which a gateway sends by URL: {@code images.downloads(d -> d.allow("10.20.0.0/16"))}. Unless told
 * otherwise they are fetched, from the public Internet alone. A download that fails costs no picture: the image keeps its URL,
 * and says why in a {@link dev.darkroom.image.DownloadFailedException}. Immutable.
 *
 * <p>A download is made over https, to port 443 of public addresses only, except for what {@link #allow(String...)} names; at
 * most three redirects are followed, each under the same rule. Behind a proxy, which resolves names itself, only names and
 * spelt addresses can be judged here, and it is the proxy that has to keep what is private out of reach.
 */
public final class Downloads {

    /** What gives a download more time, as exceptions name it. */
    public static final String TIMEOUT = "downloads(d -> d.timeout(..))";

    private static final Downloads DEFAULTS =
            new Downloads(true, Duration.ofMinutes(2), List.of(), UnaryOperator.identity());

    private final boolean fetch;
    private final Duration timeout;
    private final List<String> allowed;
    private final UnaryOperator<HttpClient> customization;

    private Downloads(boolean fetch, Duration timeout, List<String> allowed, UnaryOperator<HttpClient> customization) {
        this.fetch = fetch;
        this.timeout = timeout;
        this.allowed = allowed;
        this.customization = customization;
    }

    /**
     * The rules of a client that was told none.
     *
     * @return fetched, each within 2 min, from the public Internet alone
     */
    public static Downloads defaults() {
        return DEFAULTS;
    }

    /**
     * Whether images by URL are fetched.
     *
     * @return true if every final image comes with its bytes
     */
    public boolean fetch() {
        return fetch;
    }

    /**
     * Whether images which a gateway sends by URL are fetched, so that every final image comes with its bytes: in its
     * {@link dev.darkroom.image.ImageEvent.ImageReady} and in the result. Up to four at a time; the answer is read on
     * meanwhile. One that cannot be had keeps its URL, and says why
     * ({@link dev.darkroom.image.GeneratedImage#downloadFailure()}).
     *
     * @param wanted true unless set; if false, {@code ImageClient.download(image)} is yours to call, before the gateway deletes
     *     the image
     * @return a copy
     */
    public Downloads fetch(boolean wanted) {
        return new Downloads(wanted, timeout, allowed, customization);
    }

    /**
     * How long one download may take.
     *
     * @return more than zero
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * How long one download may take altogether, redirects and further tries included. The deadline of a request ends its
     * downloads too; an image that is not here by then keeps its URL.
     *
     * @param limit more than zero; 2 min unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Downloads timeout(Duration limit) {
        return new Downloads(fetch, Rule.moreThanZero("the download timeout", limit), allowed, customization);
    }

    /**
     * From where downloads may come besides the public Internet.
     *
     * @return hosts and ranges of addresses, as they were given
     */
    public List<String> allowed() {
        return allowed;
    }

    /**
     * Lets downloads come from places which are not public: a private gateway, a cache of your own, the emulator. There, http
     * and any port are allowed as well.
     *
     * @param hostsOrRanges hosts by name, addresses, or ranges of addresses ({@code 10.20.0.0/16}, {@code fd00::/8}), added to
     *     earlier ones; none unless set. A name allows every address to which it resolves
     * @return a copy
     * @throws IllegalArgumentException if one is none of them
     */
    public Downloads allow(String... hostsOrRanges) {
        var all = new ArrayList<>(allowed);
        for (String hostOrRange : hostsOrRanges) {
            all.add(hostOrRange.strip());
        }
        DownloadSources.of(all); // refuses what is neither
        return new Downloads(fetch, timeout, List.copyOf(all), customization);
    }

    /**
     * What allows a host, as exceptions name it.
     *
     * @param host its name or address
     * @return {@code downloads(d -> d.allow("host"))}
     */
    public static String allowing(String host) {
        return "downloads(d -> d.allow(\"" + host + "\"))";
    }

    /**
     * What makes the transport of downloads another than that of the API.
     *
     * @return from reactor-netty's client to one like it
     */
    public UnaryOperator<HttpClient> customization() {
        return customization;
    }

    /**
     * Adjusts the transport of downloads alone, as {@code ImageClient.customize(..)} does for the API and for them. They go to
     * hosts which the gateway names, so what proves to the gateway who you are is not for them: with mutual TLS, give them a
     * context that trusts the same and presents nothing.
     *
     * @param further from the client as {@code ImageClient.customize(..)} left it to one like it, after earlier ones; applied now,
     *     and again after each later {@code ImageClient.customize(..)}
     * @return a copy
     */
    public Downloads customize(UnaryOperator<HttpClient> further) {
        var earlier = customization;
        return new Downloads(fetch, timeout, allowed, http -> further.apply(earlier.apply(http)));
    }

    /** Two customizations are equal if they are the same one. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Downloads that
                && fetch == that.fetch
                && timeout.equals(that.timeout)
                && allowed.equals(that.allowed)
                && customization.equals(that.customization);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fetch, timeout, allowed, customization);
    }

    @Override
    public String toString() {
        return "Downloads[fetch=" + fetch + ", timeout=" + timeout + ", allowed=" + allowed.size() + "]";
    }
}
