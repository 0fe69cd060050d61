package dev.darkroom.spring;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Observes each subscription of a generator: from the subscription to the end, the error or the cancellation, whichever
 * comes first. The trace goes out in the request's headers and on to whatever is observed inside.
 */
final class ObservedImageGenerator implements ImageGenerator {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final ImageGenerationObservationConvention DEFAULT =
            new DefaultImageGenerationObservationConvention();

    private final ImageGenerator next;
    private final String client;
    private final String provider;
    private final TagValueLimit models;
    private final ObservationRegistry registry;
    private final @Nullable ImageGenerationObservationConvention convention;

    ObservedImageGenerator(
            ImageGenerator next,
            String client,
            String provider,
            TagValueLimit models,
            ObservationRegistry registry,
            @Nullable ImageGenerationObservationConvention convention) {
        this.next = next;
        this.client = client;
        this.provider = provider;
        this.models = models;
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public Flux<ImageEvent> generate(ImageRequest request) {
        return registry.isNoop() ? next.generate(request) : Flux.deferContextual(context -> observed(request, context));
    }

    private Flux<ImageEvent> observed(ImageRequest request, ContextView outside) {
        var generation = new ImageGenerationObservationContext(client, provider, models.of(request.model()), request);
        var observation = Observation.createNotStarted(convention, DEFAULT, () -> generation, registry);
        if (outside.hasKey(ObservationThreadLocalAccessor.KEY)) {
            observation.parentObservation(outside.get(ObservationThreadLocalAccessor.KEY));
        }
        observation.start();
        var traced = request;
        for (var header : generation.headers().entrySet()) {
            if (canBeSent(header)) {
                traced = traced.header(header.getKey(), header.getValue());
            }
        }
        return next.generate(traced)
                .doOnNext(generation::record)
                .doOnComplete(() -> end(observation, generation, GenerationOutcome.ERROR, null))
                .doOnError(failure -> end(observation, generation, GenerationOutcome.of(failure), failure))
                .doOnCancel(() -> end(observation, generation, GenerationOutcome.CANCELLED, null))
                .contextWrite(inside -> inside(inside, observation, generation));
    }

    /** The client refuses a request with a header that cannot be sent: baggage may be anything, and is not worth a picture. */
    private static boolean canBeSent(Map.Entry<String, String> header) {
        return NAME.matcher(header.getKey()).matches()
                && VALUE.matcher(header.getValue()).matches();
    }

    private static Context inside(
            Context context, Observation observation, ImageGenerationObservationContext generation) {
        return context.put(ObservationThreadLocalAccessor.KEY, observation)
                .put(ImageGenerationObservationContext.class, generation);
    }

    private static void end(
            Observation observation,
            ImageGenerationObservationContext generation,
            GenerationOutcome as,
            @Nullable Throwable failure) {
        if (generation.end(as, failure == null ? "none" : GenerationOutcome.reason(failure))) {
            if (failure != null) {
                observation.error(failure);
            }
            observation.stop();
        }
    }
}
