package dev.darkroom.internal.call;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Begun;
import dev.darkroom.dialect.Catalogue;
import dev.darkroom.dialect.Lookup;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Storage;
import dev.darkroom.gate.Quota;
import dev.darkroom.image.Estimate;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.GenerationRecord;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.StoredImage;
import dev.darkroom.image.StoredImageQuery;
import dev.darkroom.internal.decode.DocumentDecoder;
import dev.darkroom.internal.http.Allowance;
import dev.darkroom.internal.http.ApiImage;
import dev.darkroom.internal.http.CancelOnEventLoop;
import dev.darkroom.internal.http.Downloads;
import dev.darkroom.internal.http.HttpCall;
import dev.darkroom.internal.http.HttpFailure;
import dev.darkroom.internal.http.Routes;
import dev.darkroom.internal.http.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the door hands its calls to. Thread-safe; all state is born with a subscription. */
public final class Calls {

    private final Settings settings;
    private final Supplier<Routes> routes;
    private final FailureTranslator translator;

    /**
     * Calls with these settings over these connections.
     *
     * @param settings what the client is made of
     * @param routes its connections, asked for when something is to be sent
     */
    public Calls(Settings settings, Supplier<Routes> routes) {
        this.settings = settings;
        this.routes = routes;
        this.translator = new FailureTranslator(settings.dialect());
    }

    /**
     * Generates; see {@link dev.darkroom.image.ImageGenerator#generate(ImageRequest)}.
     *
     * @param request what to generate
     * @return its events
     */
    public Flux<ImageEvent> generate(ImageRequest request) {
        return new OnDemand<>(() -> CancelOnEventLoop.of(
                new Generation(settings, transport(), downloads(), translator, this::checked, request).events()));
    }

    /**
     * Asks for what was begun before.
     *
     * @param begun how the API is asked
     * @param id what it calls the generation
     * @return the events of it
     */
    public Flux<ImageEvent> begun(Begun begun, String id) {
        return new OnDemand<>(() -> CancelOnEventLoop.of(currentKey()
                .flatMapMany(key -> new Resumption(settings, transport(), downloads(), translator)
                        .events(
                                UserCode.asked(
                                        "the dialect of " + settings.dialect().name(),
                                        () -> Objects.requireNonNull(begun.handle(id), "no handle")),
                                key))));
    }

    /**
     * What generates, with something of the user's around it, whose fault is its own request's end.
     *
     * @param decoration from what generates to what generates instead
     * @return the outermost generator
     */
    public ImageGenerator decorated(UnaryOperator<ImageGenerator> decoration) {
        var outermost = decoration.apply(this::generate);
        return request -> {
            try {
                return UserCode.asked("the client's decoration", () -> outermost.generate(request));
            } catch (ImageException e) {
                return Flux.error(e);
            }
        };
    }

    /** Nobody is given a client that checks by a catalogue there is not. */
    private Mono<Estimate> checked(ImageRequest request) {
        return estimate(settings.dialect().catalogue().orElseThrow(), request);
    }

    /**
     * Holds a request against the catalogue.
     *
     * @param catalogue of the dialect
     * @param request what is to be generated
     * @return what the catalogue says of it
     */
    public Mono<Estimate> estimate(Catalogue catalogue, ImageRequest request) {
        var model = request.model();
        var baseUrl = settings.access().baseUrl();
        return currentKey()
                .flatMap(key -> settings.checking()
                        .lists()
                        .of(
                                new PriceLists.Key(baseUrl, Quota.of(host(), key, model)),
                                this,
                                list(Mono.just(key), () -> catalogue.endpoints(model), catalogue::endpoints)
                                        .collectList()))
                .map(endpoints -> UserCode.asked("the catalogue", () -> catalogue.estimate(request, endpoints)));
    }

    /**
     * Fetches an image which is known by its URL.
     *
     * @param image with or without its bytes
     * @return the image with its bytes
     */
    public Mono<GeneratedImage> download(GeneratedImage image) {
        var url = image.url();
        if (image.isLoaded() || url == null) {
            return Mono.just(image);
        }
        return Mono.defer(() -> downloads().bytes(url, allowance(), downloadLimit()))
                .map(image::withContent);
    }

    /**
     * Fetches an image which is known by its URL into a file; one whose bytes are here is written there.
     *
     * @param image with or without its bytes
     * @param file where to
     * @return the file, once it is complete
     */
    public Mono<Path> download(GeneratedImage image, Path file) {
        var url = image.url();
        return image.isLoaded() || url == null
                ? image.writeTo(file)
                : downloads().file(url, file, allowance(), downloadLimit());
    }

    /**
     * Fetches a document and makes a list of it. Repeating it costs nothing, so refusals are waited out as they are for
     * images.
     *
     * @param call what to ask
     * @param meaning what the answer says; an {@link IllegalArgumentException} if it makes no sense
     * @param <T> what the list holds
     * @return the list's elements
     */
    public <T> Flux<T> list(Supplier<ApiCall> call, Function<Payload, List<T>> meaning) {
        return list(currentKey(), call, meaning);
    }

    private <T> Flux<T> list(Mono<String> key, Supplier<ApiCall> call, Function<Payload, List<T>> meaning) {
        return new OnDemand<>(() -> {
            var clock = new Clock();
            return CancelOnEventLoop.of(key.flatMapMany(now -> new Send(settings, transport(), translator, clock)
                            .free(written(call, now), reply -> new DocumentDecoder<T>(settings.limits(), meaning)))
                    .retryWhen(retries(clock).asRetry())
                    .onErrorMap(HttpFailure.class, translator::unreached));
        });
    }

    /** A supplier may keep us waiting for a minute, but not beyond the client's own end. */
    private Mono<String> currentKey() {
        return transport()
                .untilDisposed(settings.access().currentKey().flux())
                .onErrorMap(HttpFailure.class, translator::unreached)
                .singleOrEmpty();
    }

    private HttpCall written(Supplier<ApiCall> call, String key) {
        var dialect = settings.dialect();
        return settings.access().call(UserCode.asked("the dialect of " + dialect.name(), call), Map.of(), key);
    }

    /**
     * Asks what became of a generation.
     *
     * @param lookup how the API says it
     * @param sought what is known of it here
     * @return what the gateway says; empty if there is nothing to go by
     */
    public Mono<GenerationRecord> lookedUp(Lookup lookup, Lookup.Sought sought) {
        return Mono.defer(() -> Mono.justOrEmpty(
                        UserCode.asked("the dialect of " + settings.dialect().name(), () -> lookup.ask(sought)))
                .flatMap(call -> list(() -> call, answer -> List.of(lookup.read(sought, answer)))
                        .next()));
    }

    /**
     * Lists stored images, page after page, each when an image of it is asked for.
     *
     * @param storage how the API lists them
     * @param query which ones
     * @return the images
     */
    public Flux<StoredImage> stored(Storage storage, StoredImageQuery query) {
        return Flux.defer(() -> {
            var walk = new PageWalk(storage, query);
            return Flux.<Flux<StoredImage>>generate(pages -> {
                        if (walk.isOver()) {
                            pages.complete();
                        } else {
                            pages.next(list(walk::call, walk::turn));
                        }
                    })
                    .concatMap(Function.identity(), 0);
        });
    }

    /**
     * Fetches an image by a call of the API.
     *
     * @param call what to ask
     * @return the image with its bytes
     */
    public Mono<GeneratedImage> content(Supplier<ApiCall> call) {
        return fetched(call, image -> downloads().bytes(image, allowance(), downloadLimit()))
                .map(segments -> GeneratedImage.of(0, null, segments));
    }

    /**
     * Fetches an image by a call of the API into a file.
     *
     * @param call what to ask
     * @param file where to
     * @return the file, once it is complete
     */
    public Mono<Path> content(Supplier<ApiCall> call, Path file) {
        return fetched(call, image -> downloads().file(image, file, allowance(), downloadLimit()));
    }

    private <T> Mono<T> fetched(Supplier<ApiCall> call, Function<ApiImage, Mono<T>> taken) {
        return Mono.defer(() -> {
            var clock = new Clock();
            return currentKey()
                    .flatMap(key -> taken.apply(new ApiImage(
                            written(call, key),
                            transport(),
                            reply -> {
                                clock.received(reply);
                                return new RefusalDecoder<>(body -> translator.refused(reply, body), false);
                            },
                            translator::unreached)))
                    .retryWhen(retries(clock).asRetry())
                    .onErrorMap(HttpFailure.class, translator::unreached);
        });
    }

    /** For what costs nothing: it waits for itself, and no gate is asked. */
    private FreeRetry retries(Clock clock) {
        return new FreeRetry(
                settings.rateLimits(),
                new Backoff(),
                clock,
                () -> Quota.of(host(), "", ""),
                transport()::untilDisposed);
    }

    private Transport transport() {
        return routes.get().transport();
    }

    private Downloads downloads() {
        return routes.get().downloads();
    }

    private String host() {
        return settings.access().baseUrl().getHost();
    }

    private Allowance allowance() {
        return Allowance.of(settings.limits());
    }

    private Duration downloadLimit() {
        return settings.downloads().timeout();
    }
}
