package dev.darkroom;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.CatalogueCheck;
import dev.darkroom.image.Estimate;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.ModelInfo;
import dev.darkroom.internal.call.Calls;
import dev.darkroom.internal.call.Checking;
import dev.darkroom.internal.call.EndpointConfig;
import dev.darkroom.internal.call.RetrySettings;
import dev.darkroom.internal.call.Settings;
import dev.darkroom.internal.call.UrlImageRule;
import dev.darkroom.internal.http.Connections;
import dev.darkroom.internal.http.HeaderRules;
import dev.darkroom.internal.http.LibraryVersions;
import dev.darkroom.internal.http.Timeouts;
import dev.darkroom.internal.wire.WireLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * A reactive client for an image-generation API.
 *
 * <pre>{@code
 * ImageClient images = ImageClient.openRouter(System.getenv("OPENROUTER_API_KEY"));
 * var request = ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true);
 * images.generate(request)
 *       .doOnNext(event -> show(event))
 *       .ofType(ImageEvent.Completed.class).single()
 *       .flatMap(done -> done.result().first().writeTo(Path.of("lighthouse.png")));
 * }</pre>
 *
 * <p>Immutable and thread-safe. Every other method that returns a client returns a copy, which shares the connections;
 * so a wither is also the form for a single call: {@code images.longestWait(Duration.ZERO).generate(request)}.
 * {@link #dispose()} closes the connections of all copies.
 */
public final class ImageClient implements ImageGenerator, Disposable {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
    private static final String BASE_URL_RULE =
            "the base URL must be http(s)://host[:port][/path] without user, query and fragment, its host a valid one (no"
                    + " underscores)";

    private final Settings settings;
    private final Transports lines;
    private final UnaryOperator<ImageGenerator> decoration;
    private final Calls calls;
    private final ImageGenerator decorated;

    private ImageClient(Settings settings, Transports lines, UnaryOperator<ImageGenerator> decoration) {
        this.settings = settings;
        this.lines = lines;
        this.decoration = decoration;
        this.calls = new Calls(settings, lines.transport(), lines.downloads());
        this.decorated = calls.decorated(decoration);
    }

    /**
     * A client of a gateway by its name, of those that {@link Gateways#all()} lists: ours, and any that a jar adds.
     *
     * @param gateway {@code openrouter}, {@code ark}, {@code byteplus}, …
     * @param apiKey as the gateway gave it
     * @return the client
     * @throws IllegalArgumentException if there is no such gateway, and the message lists those there are; or if the key is null
     *     or blank, or has characters no header can carry
     */
    public static ImageClient named(String gateway, @Nullable String apiKey) {
        return of(Gateways.named(gateway).dialect()).apiKey(apiKey);
    }

    /**
     * A client of OpenRouter's Image API.
     *
     * @param apiKey {@code sk-or-…}
     * @return the client
     * @throws IllegalArgumentException if the key is null or blank, or has characters no header can carry
     */
    public static ImageClient openRouter(@Nullable String apiKey) {
        return named("openrouter", apiKey);
    }

    /**
     * A client of OpenAI's Images API, or of any that speaks it: give it the other's {@link #baseUrl(String)}.
     *
     * @param apiKey {@code sk-…}
     * @return the client
     * @throws IllegalArgumentException if the key is null or blank, or has characters no header can carry
     */
    public static ImageClient openAi(@Nullable String apiKey) {
        return named("openai", apiKey);
    }

    /**
     * A client of Seedream at Volcengine Ark. At BytePlus ModelArk it is {@code named("byteplus", apiKey)}.
     *
     * @param apiKey as Ark gave it
     * @return the client
     * @throws IllegalArgumentException if the key is null or blank, or has characters no header can carry
     */
    public static ImageClient ark(@Nullable String apiKey) {
        return named("ark", apiKey);
    }

    /**
     * A client of MiniMax H3 Image.
     *
     * @param apiKey as MiniMax gave it
     * @return the client
     * @throws IllegalArgumentException if the key is null or blank, or has characters no header can carry
     */
    public static ImageClient miniMax(@Nullable String apiKey) {
        return named("minimax", apiKey);
    }

    /**
     * A client of Seedream at myrouter.
     *
     * @param apiKey {@code sk_…}
     * @return the client
     * @throws IllegalArgumentException if the key is null or blank, or has characters no header can carry
     */
    public static ImageClient myRouter(@Nullable String apiKey) {
        return named("myrouter", apiKey);
    }

    /**
     * A client of token360.
     *
     * @param apiKey {@code sk-…}
     * @return the client
     * @throws IllegalArgumentException if the key is null or blank, or has characters no header can carry
     */
    public static ImageClient token360(@Nullable String apiKey) {
        return named("token360", apiKey);
    }

    /**
     * A client of any API whose dialect is known, without a key yet.
     *
     * @param dialect what the API says
     * @return the client
     * @throws IllegalStateException if the class path has a Reactor, Reactor Netty or Netty too old for it
     */
    public static ImageClient of(Dialect dialect) {
        LibraryVersions.check();
        var settings = new Settings(
                dialect,
                new EndpointConfig(dialect.baseUrl(), EndpointConfig.NO_KEY, Map.of()),
                Timeouts.DEFAULT,
                WireLimits.defaults(),
                new RetrySettings(
                        LONGEST_WAIT,
                        throttled -> {},
                        () -> ThreadLocalRandom.current().nextDouble()),
                RateGates.inMemory(),
                new Checking(),
                UrlImageRule.DEFAULT);
        var connections = new Connections();
        var lines = Transports.of(settings, connections, connections.client());
        return new ImageClient(settings, lines, UnaryOperator.identity());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Signals arrive on an event loop of reactor-netty, on the thread that asked for more, or where a limit ran out on
     * the timer's; do not block there. A rate limit is waited out, within
     * {@link #longestWait(Duration)} and the request's deadline, as long as no event was emitted; nothing that may have
     * been accepted is ever sent again.
     */
    @Override
    public Flux<ImageEvent> generate(ImageRequest request) {
        return decorated.generate(request);
    }

    /**
     * The models which the gateway lists. Cold; one request for each subscription, which costs nothing.
     *
     * @return the models in the gateway's order; errors as for {@link #generate(ImageRequest)}
     * @throws UnsupportedOperationException if the API has no such list
     */
    public Flux<ModelInfo> models() {
        var catalogue = settings.dialect().catalogue();
        return calls.list(catalogue::models, catalogue::models);
    }

    /**
     * Who serves a model, with what it can do there and what it costs. Cold; one request for each subscription, which
     * costs nothing.
     *
     * @param model the model's id
     * @return the endpoints in the gateway's order; errors as for {@link #generate(ImageRequest)}
     * @throws UnsupportedOperationException if the API has no such list
     */
    public Flux<ModelEndpoint> endpoints(String model) {
        var catalogue = settings.dialect().catalogue();
        return calls.list(() -> catalogue.endpoints(model), catalogue::endpoints);
    }

    /**
     * The images which the gateway keeps for the key: to list, fetch and delete, and to find out what became of an unknown
     * outcome.
     *
     * @return them, by the settings of this client
     * @throws UnsupportedOperationException if the API keeps none
     */
    public StoredImages stored() {
        return new StoredImages(calls, settings.dialect().storage());
    }

    /**
     * Fetches the bytes of an image that came by URL, for example one that a failed generation left behind, or whose
     * download failed. Cold; one image on the heap for each subscription, which {@link #maxHeapBytes(long)} limits too. Costs
     * nothing at the gateway.
     *
     * <p>A download carries neither the key nor any header or cookie of this client. It is made over https, to port 443 of
     * public addresses only, except for what {@link #allowDownloadsFrom(String...)} names; at most three redirects are
     * followed, each under the same rule. Behind a proxy, which resolves names itself, only names and spelt addresses can
     * be judged here, and it is the proxy that has to keep what is private out of reach.
     *
     * @param image with or without its bytes
     * @return the image with its bytes, at once if they are here; or a
     *     {@link dev.darkroom.image.DownloadFailedException}
     */
    public Mono<GeneratedImage> download(GeneratedImage image) {
        return calls.download(image);
    }

    /**
     * Fetches an image that came by URL straight into a file: as {@link #download(GeneratedImage)}, but with a few hundred
     * kilobytes of it on the heap at a time, and a slow disk slows the network down. An image whose bytes are here is
     * written like {@link GeneratedImage#writeTo(Path)} does.
     *
     * <p>An existing file is replaced in one step; until then, and if anything fails or is cancelled, it stays as it was and
     * nothing half-written remains.
     *
     * @param image with or without its bytes
     * @param file where to; its folder must exist
     * @return the file, once it is complete; or a {@link dev.darkroom.image.DownloadFailedException}, or an
     *     {@link java.io.IOException} as the file system gave it
     */
    public Mono<Path> download(GeneratedImage image, Path file) {
        return calls.download(image, file);
    }

    /**
     * Another key. It goes to the API as {@code Authorization: Bearer …}, unless the dialect says otherwise.
     *
     * @param apiKey as the gateway gave it; blanks and line ends around it, as files and shells leave them, do not count
     * @return a copy
     * @throws IllegalArgumentException if the key is null or blank, or has anything but visible ASCII in it; the message does not
     *     show it
     */
    public ImageClient apiKey(@Nullable String apiKey) {
        if (apiKey == null || apiKey.isBlank()) {
            throw new IllegalArgumentException("the API key of "
                    + settings.dialect().name() + " is missing: set it, for example from an environment variable");
        }
        var key = HeaderRules.trimmed(apiKey);
        require(HeaderRules.keyFault(key));
        return apiKey(Mono.just(key));
    }

    /**
     * A key which may change while the client lives: {@code images.apiKey(vault::currentKey)}.
     *
     * @param apiKey asked when a request enters the line of its quota, before each attempt, and again after a wait; on
     *     {@code boundedElastic}, so that it may block, though it holds up its own request for as long. The request waits in the
     *     line of the key that is sent. One that throws, has no answer within a minute, or gives null or a blank, fails its
     *     request with a {@link dev.darkroom.image.RejectedException}, reason {@code CREDENTIALS}; because what it throws may
     *     quote a key, its cause is a {@link dev.darkroom.image.WithheldException}
     * @return a copy
     */
    public ImageClient apiKey(Supplier<@Nullable String> apiKey) {
        return apiKey(Mono.defer(() -> {
            try {
                return Mono.justOrEmpty(apiKey.get());
            } catch (Throwable e) { // an Error, too, is the request's to tell, and not the thread's
                return Mono.error(e);
            }
        }));
    }

    /**
     * A key which may change while the client lives.
     *
     * @param apiKey subscribed to as a {@link #apiKey(Supplier) supplier} is asked, on {@code boundedElastic} unless it is a
     *     constant ({@link Mono#just}); one that is empty, fails, or does not end within a minute fails its request in the same
     *     way
     * @return a copy
     */
    public ImageClient apiKey(Mono<String> apiKey) {
        var access = settings.access();
        return with(settings.with(new EndpointConfig(access.baseUrl(), apiKey, access.headers())));
    }

    /**
     * Another place of the same API: a proxy of your own, or the emulator.
     *
     * @param baseUrl absolute http or https URL without query, up to what all paths of the API have in common
     * @return a copy
     * @throws IllegalArgumentException if it is no such URL
     */
    public ImageClient baseUrl(String baseUrl) {
        var url = parsed(baseUrl.endsWith("/") ? baseUrl.substring(0, baseUrl.length() - 1) : baseUrl);
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null
                || !(scheme.equals("https") || scheme.equals("http"))
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException(BASE_URL_RULE);
        }
        var access = settings.access();
        return with(settings.with(new EndpointConfig(url, access.key(), access.headers())));
    }

    /**
     * A header for every call.
     *
     * @param name an RFC 9110 field name; never {@code Authorization}
     * @param value visible ASCII, spaces and tabs
     * @return a copy
     * @throws IllegalArgumentException if either is not valid
     */
    public ImageClient header(String name, String value) {
        require(HeaderRules.fault(name, value));
        var access = settings.access();
        var headers = new LinkedHashMap<>(access.headers());
        headers.put(name, value);
        return with(settings.with(new EndpointConfig(access.baseUrl(), access.key(), headers)));
    }

    /**
     * Names your application to OpenRouter, for its rankings ({@code HTTP-Referer} and {@code X-OpenRouter-Title}).
     *
     * @param url of your application
     * @param title of your application, visible ASCII
     * @return a copy
     * @throws IllegalArgumentException if either cannot be a header
     * @see <a href="https://openrouter.ai/docs/app-attribution">OpenRouter app attribution</a>
     */
    public ImageClient attribution(String url, String title) {
        return header("HTTP-Referer", url).header("X-OpenRouter-Title", title);
    }

    /**
     * How long to wait for a connection.
     *
     * @param limit more than zero; 10 s unless set
     * @return a copy
     */
    public ImageClient connectTimeout(Duration limit) {
        return with(settings.with(settings.timeouts().withConnect(limit)));
    }

    /**
     * How long to wait for the head of the answer, once the server has taken the request. Where nothing is streamed that is the
     * whole render.
     *
     * @param limit more than zero; 10 min unless set
     * @return a copy
     */
    public ImageClient firstByteTimeout(Duration limit) {
        return with(settings.with(settings.timeouts().withFirstByte(limit)));
    }

    /**
     * How long the server may be silent while it answers; a keep-alive ends a silence.
     *
     * @param limit more than zero; 5 min unless set
     * @return a copy
     */
    public ImageClient silenceTimeout(Duration limit) {
        return with(settings.with(settings.timeouts().withSilence(limit)));
    }

    /**
     * How long to wait for the server altogether in one attempt. Time in which your subscriber wants nothing does not
     * count; {@link ImageRequest#deadline(Duration)} spans all attempts and the waits between them.
     *
     * @param limit more than zero; no limit unless set
     * @return a copy
     */
    public ImageClient totalTimeout(Duration limit) {
        return with(settings.with(settings.timeouts().withTotal(limit)));
    }

    /**
     * How long one request may wait after it was refused, from the first refusal to the last try, or because others of its
     * quota were: for a closed gate, or for its turn at the pace which the refusals suggest. What does not fit fails at once,
     * with the earliest instant in the exception.
     *
     * @param limit 2 min unless set; zero never to wait
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public ImageClient longestWait(Duration limit) {
        require(limit.isNegative() ? "the longest wait must not be negative" : null);
        var waiting = settings.waiting();
        return with(
                settings.with(new RetrySettings(limit, waiting.leastToSend(), waiting.listener(), waiting.random())));
    }

    /**
     * How much of a request's {@link ImageRequest#deadline(Duration) deadline} must be left for it to be sent: an answer that
     * cannot come in time would be paid for and thrown away. With less, it fails with an
     * {@link dev.darkroom.image.UnavailableException}, and nothing was sent.
     *
     * @param rest zero or more; unless set, a second or a tenth of the deadline, whichever is less
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public ImageClient leastTimeToSend(Duration rest) {
        require(rest.isNegative() ? "the least time to send must not be negative" : null);
        var waiting = settings.waiting();
        return with(settings.with(new RetrySettings(waiting.longest(), rest, waiting.listener(), waiting.random())));
    }

    /**
     * Another gate, for example one which several clients of an application share because they share a quota. Copies of a
     * client share theirs anyway.
     *
     * @param gate who may send, and when
     * @return a copy
     */
    public ImageClient gate(RateGate gate) {
        return with(settings.with(gate));
    }

    /**
     * Hears of each wait for a rate limit before it begins. For a while after one, requests leave at the pace which the
     * refusals suggest: a wait for that is told, too, if it is longer than a second.
     *
     * @param listener called on an event loop or timer thread, which other requests share: one that blocks holds them all
     *     up. Listeners add up. One that throws fails its request with a {@link dev.darkroom.image.RejectedException} that says
     *     so, its cause what was thrown; others are not hurt
     * @return a copy
     */
    public ImageClient doOnThrottled(Consumer<Throttled> listener) {
        var waiting = settings.waiting();
        return with(settings.with(new RetrySettings(
                waiting.longest(), waiting.leastToSend(), waiting.listener().andThen(listener), waiting.random())));
    }

    /**
     * Whether a request with options which the gateway or the model does not take is sent without them. Each one left out
     * is named in {@link dev.darkroom.image.ImageResult#warnings()}. References and a mask are never left out, because
     * the gateway would paint, and bill, another picture.
     *
     * @param lenient false, which is the default, to refuse such a request before anything is sent
     * @return a copy
     */
    public ImageClient lenient(boolean lenient) {
        return with(settings.with(settings.checking().with(lenient)));
    }

    /**
     * Whether each request is held against the gateway's catalogue before it is sent, and money is spent. The catalogue is
     * asked once an hour for each model, which costs nothing; {@link #estimate(ImageRequest)} asks the same one. Catalogues are
     * sometimes behind the truth: one that refuses may refuse what would have worked.
     *
     * @param check off unless set; where it refuses and the catalogue cannot be asked, nothing is sent
     * @return a copy
     * @throws UnsupportedOperationException if the API has no catalogue
     */
    public ImageClient checked(CatalogueCheck check) {
        if (check != CatalogueCheck.OFF) {
            Objects.requireNonNull(settings.dialect().catalogue(), "catalogue"); // says so if there is none
        }
        return with(settings.with(settings.checking().with(check)));
    }

    /**
     * What the catalogue says of a request: whether the model takes it, and what it will cost as far as can be counted
     * beforehand. Cold; the catalogue is asked once an hour for each model, for all copies of this client, which costs
     * nothing. Giving up does not disturb others who wait for the same answer.
     *
     * @param request what is to be generated; nothing of it is sent but the model's id
     * @return the quote, on an event loop if the catalogue had to be asked; errors as for {@link #endpoints(String)}
     * @throws UnsupportedOperationException if the API has no catalogue
     */
    public Mono<Estimate> estimate(ImageRequest request) {
        return calls.estimate(request);
    }

    /**
     * How large one image may be. A larger one fails, its siblings do not.
     *
     * @param bytes of the encoded image, more than zero; 128 MiB unless set
     * @return a copy
     */
    public ImageClient maxImageBytes(long bytes) {
        return with(settings.with(settings.limits().withImageBytes(bytes)));
    }

    /**
     * How large the text of one JSON document or event may be, images not counted.
     *
     * @param bytes more than zero; 8 MiB unless set
     * @return a copy
     */
    public ImageClient maxTextBytes(long bytes) {
        return with(settings.with(settings.limits().withTextBytes(bytes)));
    }

    /**
     * How large a whole answer may be, as it is on the wire.
     *
     * @param bytes more than zero; 2 GiB unless set
     * @return a copy
     */
    public ImageClient maxResponseBytes(long bytes) {
        return with(settings.with(settings.limits().withResponseBytes(bytes)));
    }

    /**
     * How large the head of an answer may be: all its header lines together. A larger one ends its call with
     * {@link dev.darkroom.image.OutcomeUnknownException.Reason#TOO_LARGE}.
     *
     * @param bytes more than zero; 64 KiB unless set
     * @return a copy
     * @throws IllegalArgumentException if it is not more than zero
     */
    public ImageClient maxHeadBytes(long bytes) {
        require(bytes < 1 ? "the limit for the head of an answer must be more than zero" : null);
        return new ImageClient(settings, lines.withHeadBytes(settings, bytes), decoration);
    }

    /**
     * How many images one answer may hold: previews and failed ones included, whether they come as bytes or by URL. One more
     * ends the request, with those before it in the exception.
     *
     * @param images more than zero; 256 unless set
     * @return a copy
     */
    public ImageClient maxImages(int images) {
        return with(settings.with(settings.limits().withImages(images)));
    }

    /**
     * How much of the heap one request may keep at a time: its final images, those it fetches included, the newest preview, and
     * the text that is being read. What would exceed it ends the request at once, with the images that were whole in the
     * exception; an image by URL that has no room keeps its URL instead, and can be fetched into a file. What your code holds
     * after it was given is not counted, and each request counts for itself: with n at a time, n times as much has to fit.
     *
     * @param bytes more than zero; unless set a quarter of the heap ({@link Runtime#maxMemory()}), 2 GiB at most
     * @return a copy
     */
    public ImageClient maxHeapBytes(long bytes) {
        return with(settings.with(settings.limits().withHeapBytes(bytes)));
    }

    /**
     * Whether images which a gateway sends by URL are fetched, so that every final image comes with its bytes: in its
     * {@link ImageEvent.ImageReady} and in the result. Up to four at a time; the answer is read on meanwhile. One that
     * cannot be had keeps its URL, and says why ({@link GeneratedImage#downloadFailure()}).
     *
     * @param fetch true unless set; if false, {@link #download(GeneratedImage)} is yours to call, before the gateway
     *     deletes the image
     * @return a copy
     */
    public ImageClient fetchUrlImages(boolean fetch) {
        var rule = settings.urlImages();
        return with(settings.with(new UrlImageRule(fetch, rule.limit(), rule.sources())));
    }

    /**
     * Lets downloads come from places which are not public: a private gateway, a cache of your own, the emulator. There,
     * http and any port are allowed as well.
     *
     * @param hostsOrRanges hosts by name, addresses, or ranges of addresses ({@code 10.20.0.0/16}, {@code fd00::/8}), added to
     *     earlier ones. A name allows every address to which it resolves
     * @return a copy
     * @throws IllegalArgumentException if one is none of them
     */
    public ImageClient allowDownloadsFrom(String... hostsOrRanges) {
        var rule = settings.urlImages();
        var sources = rule.sources();
        for (String hostOrRange : hostsOrRanges) {
            sources = sources.and(hostOrRange);
        }
        return with(settings.with(new UrlImageRule(rule.areFetched(), rule.limit(), sources)));
    }

    /**
     * How long one download may take altogether, redirects and further tries included. The deadline of a request ends its
     * downloads too; an image that is not here by then keeps its URL.
     *
     * @param limit more than zero; 2 min unless set
     * @return a copy
     */
    public ImageClient downloadTimeout(Duration limit) {
        var rule = settings.urlImages();
        return with(settings.with(new UrlImageRule(rule.areFetched(), limit, rule.sources())));
    }

    /**
     * Adjusts the transport: proxy, TLS, resolver, event loops. Applied before our own settings, so that redirects,
     * retries and compression stay off. A client with a pool of its own ({@code HttpClient.create(..)}) may queue there:
     * give it as many connections as you make calls at a time. Downloads go the same way, but carry none of the headers
     * and cookies which you set here; a client certificate that is for the gateway only is taken from them by
     * {@link #customizeDownloads(UnaryOperator)}.
     *
     * @param customization from reactor-netty's client to one like it; applied once, now, and after earlier ones
     * @return a copy
     */
    public ImageClient customize(UnaryOperator<HttpClient> customization) {
        return new ImageClient(settings, lines.customized(settings, customization), decoration);
    }

    /**
     * Adjusts the transport of downloads alone, as {@link #customize(UnaryOperator)} does for both. They go to hosts which the
     * gateway names, so what proves to the gateway who you are is not for them: with mutual TLS, give them a context that
     * trusts the same and presents nothing.
     *
     * @param customization from the client as {@code customize} left it to one like it; applied once, now. A later
     *     {@code customize} is applied on top
     * @return a copy
     */
    public ImageClient customizeDownloads(UnaryOperator<HttpClient> customization) {
        return new ImageClient(settings, lines.customizedOutside(settings, customization), decoration);
    }

    /**
     * Puts something around every generation, which its copies keep: observation, or a request's defaults. Whoever is handed
     * the client then need not know of it.
     *
     * <pre>{@code
     * images.decorate(next -> request -> next.generate(request.deadline(Duration.ofMinutes(2))))
     * }</pre>
     *
     * @param decoration from what generates to what generates instead; applied again for each copy, outside of earlier
     *     ones, so it must do nothing but make a generator. That runs on its subscribers' threads, and what it does to events
     *     on an event loop, which other requests share: what blocks there holds them all up. A generator that throws, or
     *     returns null, fails its request with a {@link dev.darkroom.image.RejectedException} that says so
     * @return a copy
     */
    public ImageClient decorate(UnaryOperator<ImageGenerator> decoration) {
        var earlier = this.decoration;
        return new ImageClient(settings, lines, next -> decoration.apply(earlier.apply(next)));
    }

    /**
     * Closes the connections of this client and all its copies. Calls in progress end at once: with
     * {@link dev.darkroom.image.OutcomeUnknownException} if they were sent, otherwise, and if they wait for a rate limit,
     * with {@link dev.darkroom.image.RejectedException}, as later ones do.
     */
    @Override
    public void dispose() {
        lines.connections().dispose();
    }

    @Override
    public boolean isDisposed() {
        return lines.connections().isDisposed();
    }

    private ImageClient with(Settings changed) {
        return new ImageClient(changed, lines.changed(settings, changed), decoration);
    }

    private static URI parsed(String baseUrl) {
        try {
            return new URI(baseUrl);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(BASE_URL_RULE); // without its cause, which quotes what may hold a key
        }
    }

    private static void require(@Nullable String fault) {
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
    }

    /** Neither key nor header values. */
    @Override
    public String toString() {
        return "ImageClient[" + settings.dialect().name() + ", " + settings.access() + "]";
    }
}
