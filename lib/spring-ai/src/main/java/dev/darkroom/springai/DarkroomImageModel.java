package dev.darkroom.springai;

import dev.darkroom.image.ImageEvents;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.ai.image.observation.DefaultImageModelObservationConvention;
import org.springframework.ai.image.observation.ImageModelObservationContext;
import org.springframework.ai.image.observation.ImageModelObservationConvention;
import org.springframework.ai.image.observation.ImageModelObservationDocumentation;
import org.springframework.ai.model.StreamingModel;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Spring AI's image model over a client of ours, or whatever else is an {@link ImageGenerator}. The auto-configuration makes one
 * of the application's primary client, unless {@code spring.ai.model.image} names another provider.
 *
 * <p>Immutable and thread-safe; a wither gives a copy. Each {@link #call} and each subscription to {@link #stream} is one request of
 * the client, which waits out rate limits by its own rules and sends nothing twice that may have been accepted. No retry of
 * Spring AI's is around it, and none of its exceptions is one that Spring AI's {@code RetryTemplate} tries again.
 *
 * <p><b>Errors</b> are {@link dev.darkroom.image.ImageException}s, of which the type answers whether anything was made.
 */
public final class DarkroomImageModel implements ImageModel, StreamingModel<ImagePrompt, ImageResponse> {

    private static final ImageModelObservationConvention CONVENTION = new DefaultImageModelObservationConvention();

    private final ImageGenerator images;
    private final DarkroomImageOptions options;
    private final Observed observed;

    private DarkroomImageModel(ImageGenerator images, DarkroomImageOptions options, Observed observed) {
        this.images = Objects.requireNonNull(images, "images");
        this.options = Objects.requireNonNull(options, "options");
        this.observed = observed;
    }

    /**
     * A model without options, observed by nobody.
     *
     * @param images usually an {@code ImageClient}, which stays yours to close
     * @return the model
     */
    public static DarkroomImageModel of(ImageGenerator images) {
        return new DarkroomImageModel(
                images,
                DarkroomImageOptions.of(UnaryOperator.identity()),
                new Observed(ObservationRegistry.NOOP, null, "darkroom"));
    }

    /**
     * What each request has where its prompt says nothing else.
     *
     * @param options instead of those set before
     * @return a copy
     */
    public DarkroomImageModel options(DarkroomImageOptions options) {
        return new DarkroomImageModel(images, options, observed);
    }

    /**
     * Observes each call and each stream as Spring AI's own models are observed, around the client's own observation.
     *
     * @param registry where to
     * @return a copy
     */
    public DarkroomImageModel observationRegistry(ObservationRegistry registry) {
        return new DarkroomImageModel(images, options, new Observed(registry, observed.convention, observed.provider));
    }

    /**
     * By which convention; Spring AI's default one without this.
     *
     * @param convention the application's own
     * @return a copy
     */
    public DarkroomImageModel observationConvention(ImageModelObservationConvention convention) {
        return new DarkroomImageModel(images, options, new Observed(observed.registry, convention, observed.provider));
    }

    /**
     * What observations call the provider; {@code darkroom} without this.
     *
     * @param provider the name of the gateway
     * @return a copy
     */
    public DarkroomImageModel provider(String provider) {
        return new DarkroomImageModel(images, options, new Observed(observed.registry, observed.convention, provider));
    }

    /**
     * Generates images and waits for them, on the caller's thread. Interrupting that thread ends the request.
     *
     * @param prompt what to paint: the texts of its messages, one below the other, and their media as references, in order
     * @return at least one image, each a {@link DarkroomImage}; the metadata is a {@link DarkroomImageResponseMetadata}
     * @throws IllegalStateException on a thread that must not block, as Netty's and Reactor's; nothing was sent
     * @throws dev.darkroom.image.ImageException if there is no image
     */
    @Override
    public ImageResponse call(ImagePrompt prompt) {
        if (Schedulers.isInNonBlockingThread()) {
            throw new IllegalStateException("ImageModel.call blocks, and thread '"
                    + Thread.currentThread().getName()
                    + "' must not: use DarkroomImageModel.stream, or call it on Schedulers.boundedElastic()");
        }
        var request = PromptedRequest.of(prompt, options);
        var context = observed.context(prompt, request);
        var observation = observed.observation(context);
        return Objects.requireNonNull(observation.observe(() -> {
            var result = Answer.of(images.generate(request.request()).contextWrite(within(observation)));
            var response = Responses.ofResult(result, request);
            context.setResponse(response);
            return response;
        }));
    }

    /**
     * Generates images and shows them as they develop.
     *
     * <p><b>Emits</b> a response with one image for each preview (its metadata has a {@code partialIndex}) and for each image that is
     * finished before the others are, and as the last one what {@link #call} returns: all images, and the only response whose
     * metadata is a {@link DarkroomImageResponseMetadata}. A gateway that does not stream is this one alone.
     *
     * <p><b>Cost.</b> One subscription is one request, sent when it is first asked for. Previews are billed by some gateways;
     * {@code DarkroomImageOptions.of(r -> r.partialImages(0))} asks for none.
     *
     * <p><b>Demand.</b> Previews that a slow reader did not take are replaced by newer ones; nothing else is dropped.
     *
     * <p><b>Cancellation</b> ends the request at the socket. <b>Errors</b> are {@link dev.darkroom.image.ImageException}s.
     *
     * @param prompt as for {@link #call}
     * @return the responses of one generation
     */
    @Override
    public Flux<ImageResponse> stream(ImagePrompt prompt) {
        return Flux.deferContextual(outside -> streamed(prompt, outside));
    }

    private Flux<ImageResponse> streamed(ImagePrompt prompt, ContextView outside) {
        var request = PromptedRequest.of(prompt, options).with(DarkroomImageModel::streaming);
        var context = observed.context(prompt, request);
        var observation = observed.observation(context);
        if (outside.hasKey(ObservationThreadLocalAccessor.KEY)) {
            observation.parentObservation(outside.get(ObservationThreadLocalAccessor.KEY));
        }
        observation.start();
        var running = new AtomicBoolean(true);
        return images.generate(request.request())
                .transform(ImageEvents.latestPartial())
                .mapNotNull(event -> Responses.of(event, request))
                .doOnNext(context::setResponse)
                .doOnError(failure -> stop(observation, running, failure))
                .doOnComplete(() -> stop(observation, running, null))
                .doOnCancel(() -> stop(observation, running, null))
                .contextWrite(within(observation));
    }

    /** Before the subscriber hears of the end, and once: a cancel may meet it. */
    private static void stop(Observation observation, AtomicBoolean running, @Nullable Throwable failure) {
        if (running.compareAndSet(true, false)) {
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        }
    }

    /** One that observes nothing must not stand between the client's and those outside. */
    private static Function<Context, Context> within(Observation observation) {
        return context -> observation.isNoop() ? context : context.put(ObservationThreadLocalAccessor.KEY, observation);
    }

    private static ImageRequest streaming(ImageRequest request) {
        return request.get(ImageOption.STREAM).isPresent() ? request : request.stream(true);
    }

    @Override
    public String toString() {
        return "DarkroomImageModel[provider=" + observed.provider + ", options=" + options + ", generator=" + images
                + "]";
    }

    private record Observed(
            ObservationRegistry registry, @Nullable ImageModelObservationConvention convention, String provider) {

        ImageModelObservationContext context(ImagePrompt prompt, PromptedRequest request) {
            return ImageModelObservationContext.builder()
                    .imagePrompt(new ImagePrompt(prompt.getInstructions(), request.seen()))
                    .provider(provider)
                    .build();
        }

        Observation observation(ImageModelObservationContext context) {
            return ImageModelObservationDocumentation.IMAGE_MODEL_OPERATION.observation(
                    convention, CONVENTION, () -> context, registry);
        }
    }
}
