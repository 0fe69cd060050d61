package dev.darkroom;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.CatalogueCheck;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.call.ApiKey;
import dev.darkroom.internal.call.BaseUrl;
import dev.darkroom.internal.call.Calls;
import dev.darkroom.internal.call.EndpointConfig;
import dev.darkroom.internal.call.Settings;
import dev.darkroom.internal.http.LibraryVersions;
import dev.darkroom.settings.Connections;
import dev.darkroom.settings.Downloads;
import dev.darkroom.settings.Limits;
import dev.darkroom.settings.RateLimits;
import dev.darkroom.settings.Timeouts;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * A reactive client for an image-generation API.
 *
 * <pre>{@code
 * ImageClient.openRouter(System.getenv("OPENROUTER_API_KEY"))
 *       .generate(ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn").stream(true))
 *       .ofType(ImageEvent.Completed.class).single().map(done -> done.result().first())
 *       .flatMap(image -> image.writeTo(Path.of("lighthouse." + image.fileExtension())))
 *       .subscribe();
 * }</pre>
 *
 * <p>Immutable and thread-safe. Every other method that returns a client returns a copy, which shares the connections;
 * so a wither is also the form for a single call: {@code images.rateLimits(r -> r.maxWait(Duration.ZERO)).generate(request)}.
 * {@link #close()} on any copy closes all of them. What makes a client refuses a key as {@link #named(String, String)} does.
 */
public final class ImageClient implements ImageGenerator, AutoCloseable {

    private final Settings settings;
    private final Transports transports;
    private final UnaryOperator<ImageGenerator> decoration;
    private final String label;
    private final Calls calls;
    private final ImageGenerator decorated;

    private ImageClient(
            Settings settings, Transports transports, UnaryOperator<ImageGenerator> decoration, String label) {
        this.settings = settings;
        this.transports = transports;
        this.decoration = decoration;
        this.label = label;
        this.calls = new Calls(settings, transports::routes);
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
     * {@return a client of OpenRouter's Image API}
     * @param apiKey {@code sk-or-…}
     */
    public static ImageClient openRouter(@Nullable String apiKey) {
        return named("openrouter", apiKey);
    }

    /**
     * {@return a client of OpenAI's Images API, or of any that speaks it: give it the other's {@link #baseUrl(String)}}
     * @param apiKey {@code sk-…}
     */
    public static ImageClient openAi(@Nullable String apiKey) {
        return named("openai", apiKey);
    }

    /**
     * {@return a client of images at Azure OpenAI; without the {@link #baseUrl(String)} of a resource it sends nothing, and says so}
     * @param apiKey of the resource; tokens of Entra ID come by {@link #apiKey(Mono)} ({@link dev.darkroom.gateway.Azure})
     */
    public static ImageClient azure(@Nullable String apiKey) {
        return named("azure", apiKey);
    }

    /**
     * {@return a client of Seedream at Volcengine Ark; at BytePlus ModelArk it is {@code named("byteplus", apiKey)}}
     * @param apiKey as Ark gave it
     */
    public static ImageClient ark(@Nullable String apiKey) {
        return named("ark", apiKey);
    }

    /**
     * {@return a client of MiniMax H3 Image}
     * @param apiKey as MiniMax gave it
     */
    public static ImageClient miniMax(@Nullable String apiKey) {
        return named("minimax", apiKey);
    }

    /**
     * {@return a client of Seedream at myrouter}
     * @param apiKey {@code sk_…}
     */
    public static ImageClient myRouter(@Nullable String apiKey) {
        return named("myrouter", apiKey);
    }

    /**
     * {@return a client of token360}
     * @param apiKey {@code sk-…}
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
        var settings = new Settings(new EndpointConfig(dialect), RateLimits.of(RateGates.inMemory()));
        return new ImageClient(settings, Transports.of(settings), UnaryOperator.identity(), "");
    }

    /**
     * {@inheritDoc}
     *
     * <p>These are an event loop of reactor-netty, the thread that asks for more, and where a limit or a wait ends that of a timer;
     * what fails before it is sent may be told where it was found out, on {@code boundedElastic} too. A rate limit is waited out,
     * within {@link RateLimits#maxWait(java.time.Duration)} and the request's deadline, and what was never accepted is tried three
     * times, as long as no event was emitted; nothing that may have been accepted is ever sent again.
     */
    @Override
    public Flux<ImageEvent> generate(ImageRequest request) {
        return decorated.generate(request);
    }

    /** {@return what the gateway says of its models, by the settings of this client; empty if it says nothing} */
    public Optional<ModelCatalogue> catalogue() {
        return settings.dialect().catalogue().map(catalogue -> new ModelCatalogue(calls, catalogue));
    }

    /** {@return the images which the gateway keeps for the key, by the settings of this client; empty if it keeps none} */
    public Optional<StoredImages> stored() {
        return settings.dialect().storage().map(storage -> new StoredImages(calls, storage));
    }

    /** {@return what the gateway knows afterwards of a generation, by the settings of this client; empty if it keeps no records} */
    public Optional<GenerationLookup> lookup() {
        return settings.dialect().lookup().map(lookup -> new GenerationLookup(calls, lookup));
    }

    /** {@return generations that were begun before, to be asked for by their ids; empty if the gateway has none that can be} */
    public Optional<BegunGenerations> begun() {
        return settings.dialect().begun().map(begun -> new BegunGenerations(calls, begun));
    }

    /**
     * Fetches the bytes of an image that came by URL, for example one that a failed generation left behind, or whose
     * download failed.
     *
     * <p>Emits the image with its bytes; one that has them, or has no URL, as it is.
     *
     * <p><b>Cost.</b> Cold; nothing is billed. What may pass is tried again within {@link Downloads#timeout(java.time.Duration)}. Each
     * subscription holds one image on the heap, which {@link Limits#imageBytes(long)} and {@link Limits#heapBytes(long)} limit. A
     * download carries neither the key nor any header or cookie of this client, and goes only where {@link Downloads} allows.
     *
     * <p><b>Cancellation</b> closes the connection, or its stream. <b>Errors</b> are {@link dev.darkroom.image.DownloadFailedException}s alone.
     * <b>Signals</b> arrive on an event loop, on the subscribing thread if there is nothing to fetch, or where time runs out on a
     * timer's.
     *
     * @param image with or without its bytes
     * @return the image with its bytes
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
     * nothing half-written remains. Errors are {@link dev.darkroom.image.DownloadFailedException}s, and
     * {@link java.io.IOException}s as the file system gave them. The file is written, and told of, on {@code boundedElastic}.
     *
     * @param image with its bytes or its URL
     * @param file where to; its folder must exist
     * @return the file, once it is complete
     * @throws IllegalStateException (at once) if it has neither
     */
    public Mono<Path> download(GeneratedImage image, Path file) {
        return calls.download(image, file);
    }

    /**
     * {@return a copy with another key} It goes to the API as {@code Authorization: Bearer …}, unless the dialect says otherwise.
     * @param apiKey as the gateway gave it; blanks and line ends around it, as files and shells leave them, do not count
     * @throws IllegalArgumentException if the key is null or blank, or has anything but visible ASCII in it; the message does not
     *     show it
     */
    public ImageClient apiKey(@Nullable String apiKey) {
        return apiKey(ApiKey.given(settings.dialect().name(), apiKey));
    }

    /**
     * {@return a copy with a key which may change while it lives: {@code images.apiKey(vault::currentKey)}}
     * @param apiKey asked when a request enters the queue of its quota, before each attempt, and again after a wait; on
     *     {@code boundedElastic}, so that it may block, though it holds up its own request for as long. The request waits in the
     *     queue of the key that is sent. One that throws, has no answer within a minute, or gives null or a blank, fails its
     *     request with a {@link dev.darkroom.image.RejectedException}, reason {@code CREDENTIALS}; because what it throws may
     *     quote a key, its cause is a {@link dev.darkroom.image.WithheldException}
     */
    public ImageClient apiKey(Supplier<@Nullable String> apiKey) {
        return apiKey(ApiKey.asked(apiKey));
    }

    /**
     * {@return a copy with a key which may change while it lives}
     * @param apiKey subscribed to as a {@link #apiKey(Supplier) supplier} is asked, on {@code boundedElastic} unless it is a
     *     constant ({@link Mono#just}); one that is empty, fails, or does not end within a minute fails its request in the same
     *     way
     */
    public ImageClient apiKey(Mono<String> apiKey) {
        return with(settings.with(settings.access().with(apiKey)));
    }

    /**
     * {@return a copy for another place of the same API: a proxy of your own, or the emulator}
     * @param baseUrl absolute http or https URL, up to what all paths have in common; a query goes along with each call, and is not shown
     * @throws IllegalArgumentException if it is no such URL
     */
    public ImageClient baseUrl(String baseUrl) {
        return with(settings.with(settings.access().at(BaseUrl.of(baseUrl))));
    }

    /**
     * {@return a copy with one more header for every call}
     * @param name an RFC 9110 field name; not one that the client sets itself: {@code Authorization}, {@code Host},
     *     {@code Accept-Encoding}, and those of the connection and of the body's length
     * @param value visible ASCII, spaces and tabs inside
     * @throws IllegalArgumentException if either is not valid
     */
    public ImageClient header(String name, String value) {
        return with(settings.with(settings.access().with(name, value)));
    }

    /**
     * {@return a copy that waits for the server as it is told: {@code timeouts(t -> t.silence(ofMinutes(1)))}}
     * @param change from the timeouts of this client to those of the copy
     */
    public ImageClient timeouts(UnaryOperator<Timeouts> change) {
        return with(settings.with(Settings.changed("timeouts", change, settings.timeouts())));
    }

    /**
     * {@return a copy that makes and keeps connections otherwise: {@code connections(c -> c.http2(true))}} Another number or age of them
     * means a pool of its own, over which what {@link #customize(UnaryOperator)} was given is applied once more.
     * @param change from the connections of this client to those of the copy
     */
    public ImageClient connections(UnaryOperator<Connections> change) {
        return with(settings.with(Settings.changed("connections", change, settings.connections())));
    }

    /**
     * {@return a copy that takes and keeps so much of an answer: {@code limits(l -> l.imageBytes(64 << 20).images(32))}}
     * @param change from the limits of this client to those of the copy
     */
    public ImageClient limits(UnaryOperator<Limits> change) {
        return with(settings.with(Settings.changed("limits", change, settings.limits())));
    }

    /**
     * {@return a copy with other rules for images that come by URL: {@code downloads(d -> d.allow("10.20.0.0/16"))}}
     * @param change from the rules of this client to those of the copy
     */
    public ImageClient downloads(UnaryOperator<Downloads> change) {
        return with(settings.with(Settings.changed("downloads", change, settings.downloads())));
    }

    /**
     * {@return a copy that waits otherwise for a rate limit, tells others of it, or asks another gate:
     * {@code rateLimits(r -> r.maxWait(ofMinutes(10)).onThrottled(this::show).gate(shared))}}
     * @param change from the rate limits of this client to those of the copy
     */
    public ImageClient rateLimits(UnaryOperator<RateLimits> change) {
        return with(settings.with(Settings.changed("rateLimits", change, settings.rateLimits())));
    }

    /**
     * Whether a request with options which the gateway or the model does not take is sent without them. Each one left out
     * is named in {@link dev.darkroom.image.ImageResult#warnings()}. References and a mask are never left out, because
     * the gateway would paint, and bill, another picture.
     *
     * @param drop false, which is the default, to refuse such a request before anything is sent
     * @return a copy
     */
    public ImageClient dropUnsupportedOptions(boolean drop) {
        return with(settings.with(settings.checking().with(drop)));
    }

    /**
     * Whether each request is held against the gateway's catalogue before it is sent, and money is spent. The catalogue is
     * asked once an hour for each model, which costs nothing; {@link ModelCatalogue#estimate(ImageRequest)} asks the same one.
     * Catalogues are sometimes behind the truth: one that refuses may refuse what would have worked.
     *
     * @param check off unless set; where it refuses and the catalogue cannot be asked, nothing is sent
     * @return a copy
     * @throws IllegalStateException if the gateway has no catalogue, unless it is switched off
     */
    public ImageClient checked(CatalogueCheck check) {
        return with(settings.with(settings.checking().with(check, settings.dialect())));
    }

    /**
     * {@return a copy with another transport: proxy, TLS, resolver, event loops} Applied before our own settings, so that redirects,
     * retries and compression stay off. A client with a pool of its own ({@code HttpClient.create(..)}) may queue there:
     * give it as many connections as you make calls at a time. Downloads go the same way, but carry none of the headers
     * and cookies which you set here; a client certificate that is for the gateway only is taken from them by
     * {@link Downloads#customize(UnaryOperator)}.
     *
     * @param customization from reactor-netty's client to one like it; applied once, now, and after earlier ones
     */
    public ImageClient customize(UnaryOperator<HttpClient> customization) {
        return new ImageClient(settings, transports.customized(settings, customization), decoration, label);
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
        return new ImageClient(settings, transports, next -> decoration.apply(earlier.apply(next)), label);
    }

    /**
     * {@return a copy that is told from others of the same gateway where it is printed}
     * @param label what {@link #toString()} says beside the gateway: a name, a model; never sent, and no place for a secret
     */
    public ImageClient label(String label) {
        return new ImageClient(settings, transports, decoration, Objects.requireNonNull(label, "label"));
    }

    /**
     * Closes the connections of this client and of all its copies, whichever it is called on. Calls in progress end at once: with
     * {@link dev.darkroom.image.OutcomeUnknownException} if they were sent, otherwise, and if they wait for a rate limit, with
     * {@link dev.darkroom.image.RejectedException}, as later ones do. From any thread; it neither waits nor throws.
     *
     * <p>A container that closes what it made (Spring does) closes all copies with the first of them: one that lives shorter than
     * its original must not be closed, in Spring by {@code @Bean(destroyMethod = "")}.
     */
    @Override
    public void close() {
        transports.pools().dispose();
    }

    private ImageClient with(Settings changed) {
        return new ImageClient(changed, transports.changed(settings, changed), decoration, label);
    }

    /** Neither key nor header values. */
    @Override
    public String toString() {
        var named = label.isEmpty() ? "" : ", " + label;
        return "ImageClient[" + settings.dialect().name() + named + ", " + settings.access() + "]";
    }
}
