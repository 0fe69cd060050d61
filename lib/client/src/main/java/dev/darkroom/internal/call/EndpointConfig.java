package dev.darkroom.internal.call;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.WithheldException;
import dev.darkroom.internal.http.HeaderRules;
import dev.darkroom.internal.http.HttpCall;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.Fuseable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Where the API is, what it says, and how we may use it.
 *
 * @param dialect what the API says
 * @param baseUrl absolute, its path without a trailing slash; its query goes along with each call
 * @param key asked for before each attempt, and again after a wait, so that a key can change while the client lives;
 *     {@link #NO_KEY} for none
 * @param headers sent with each call
 */
public record EndpointConfig(Dialect dialect, URI baseUrl, Mono<String> key, Map<String, String> headers) {

    private static final String USER_AGENT = "darkroom";

    /** Copies the headers. */
    public EndpointConfig {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * Where a dialect says, without a key.
     *
     * @param dialect what the API says
     */
    public EndpointConfig(Dialect dialect) {
        this(dialect, dialect.baseUrl(), NO_KEY, Map.of());
    }

    /**
     * What the API says, in other words.
     *
     * @param other instead of the dialect
     * @return a copy
     */
    EndpointConfig with(Dialect other) {
        return new EndpointConfig(other, baseUrl, key, headers);
    }

    /**
     * Another place, and what the API says there.
     *
     * @param other instead of the base URL
     * @return a copy
     * @throws IllegalArgumentException if the API cannot be there
     */
    public EndpointConfig at(URI other) {
        return new EndpointConfig(Objects.requireNonNull(dialect.at(other), "at"), other, key, headers);
    }

    /**
     * Another key.
     *
     * @param other instead of the key
     * @return a copy
     */
    public EndpointConfig with(Mono<String> other) {
        return new EndpointConfig(dialect, baseUrl, other, headers);
    }

    /**
     * One more header.
     *
     * @param name which, instead of one of that name
     * @param value what it says
     * @return a copy
     * @throws IllegalArgumentException if either cannot be a header
     */
    public EndpointConfig with(String name, String value) {
        var fault = HeaderRules.fault(name, value);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new EndpointConfig(dialect, baseUrl, key, more);
    }

    /** For a client without a key. */
    public static final Mono<String> NO_KEY = Mono.just("");

    private static final String SUPPLIER = "the supplier of the API key";

    /** After which a supplier has no answer, so that no request hangs for its sake. */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** The key at this moment; the empty string for none. */
    Mono<String> currentKey() {
        return keyMayChange() ? given(asked()) : given(key);
    }

    /** Whether the key is asked for, and not a constant. */
    boolean keyMayChange() {
        return !(key instanceof Fuseable.ScalarCallable);
    }

    /** It may block, so it is asked where that is allowed, and not for ever. */
    private Mono<String> asked() {
        var late = Mono.delay(LIMIT, Schedulers.parallel())
                .then(Mono.<String>error(() -> unusable("did not answer within " + LIMIT, null)));
        return Mono.firstWithSignal(key.subscribeOn(Schedulers.boundedElastic()), late);
    }

    private Mono<String> given(Mono<String> said) {
        return key == NO_KEY
                ? said
                : said.onErrorMap(
                                e -> !(e instanceof RejectedException),
                                e -> unusable("failed (" + e.getClass().getSimpleName() + ")", e))
                        .map(HeaderRules::trimmed)
                        .filter(value -> !value.isEmpty())
                        .switchIfEmpty(Mono.error(() -> unusable("gave none", null)));
    }

    private static RejectedException unusable(String what, @Nullable Throwable cause) {
        return new RejectedException(
                RejectedException.Reason.CREDENTIALS,
                "not sent: " + SUPPLIER + " " + what,
                FailureDetails.NONE,
                cause == null ? null : new WithheldException(cause));
    }

    /**
     * What goes on the wire: our headers, then the request's, then the dialect's, then the key. What to accept is the
     * user's to say, if they do: a gateway may want something special.
     */
    HttpCall call(ApiCall call, Map<String, String> ofRequest, String currentKey) {
        var all = new LinkedHashMap<String, String>();
        all.put("User-Agent", USER_AGENT);
        headers.forEach((name, value) -> put(all, name, value));
        ofRequest.forEach((name, value) -> put(all, name, value));
        var accepted = all.keySet().stream().anyMatch("Accept"::equalsIgnoreCase);
        call.headers().forEach((name, value) -> {
            if (!(accepted && name.equalsIgnoreCase("Accept"))) {
                all.keySet().removeIf(name::equalsIgnoreCase);
                all.put(name, value);
            }
        });
        all.put("Accept-Encoding", "identity");
        if (!currentKey.isEmpty()) {
            refuse(HeaderRules.keyFault(currentKey), RejectedException.Reason.CREDENTIALS);
            var credentials = UserCode.asked("the dialect of " + dialect.name(), () -> dialect.credentials(currentKey));
            all.keySet().removeIf(credentials.getKey()::equalsIgnoreCase);
            all.put(credentials.getKey(), credentials.getValue());
        }
        return new HttpCall(call.method(), url(call.path()), all, call.body());
    }

    private URI url(String path) {
        try {
            return path.startsWith("/") ? BaseUrl.with(baseUrl, path) : own(new URI(path));
        } catch (URISyntaxException e) { // not its cause: it quotes what the request named
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent: what it asks for has a character that no URL may have",
                    FailureDetails.NONE);
        }
    }

    /** What an answer named as a place to ask: the key goes to the gateway, and nowhere else. */
    private URI own(URI url) {
        var home = url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getHost().equalsIgnoreCase(baseUrl.getHost())
                && url.getPort() == baseUrl.getPort()
                && baseUrl.getScheme().equalsIgnoreCase(url.getScheme());
        var known = url.getHost() != null
                && url.getRawUserInfo() == null
                && "https".equalsIgnoreCase(url.getScheme())
                && UserCode.asked("the dialect of " + dialect.name(), () -> dialect.speaksAt(url));
        if (!home && !known) {
            throw new RejectedException(
                    RejectedException.Reason.REQUEST,
                    "not sent: an answer names a place to ask that is not the gateway's",
                    FailureDetails.NONE);
        }
        return url;
    }

    private static void put(Map<String, String> headers, String name, String value) {
        refuse(HeaderRules.fault(name, value), RejectedException.Reason.REQUEST);
        headers.keySet().removeIf(name::equalsIgnoreCase);
        headers.put(name, value);
    }

    private static void refuse(@Nullable String fault, RejectedException.Reason reason) {
        if (fault != null) {
            throw new RejectedException(reason, "not sent: " + fault, FailureDetails.NONE);
        }
    }

    /** Neither key nor header values. */
    @Override
    public String toString() {
        return "Endpoint[" + BaseUrl.shown(baseUrl) + ", headers=" + headers.keySet() + "]";
    }
}
