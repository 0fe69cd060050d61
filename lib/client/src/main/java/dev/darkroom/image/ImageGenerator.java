package dev.darkroom.image;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Turns a request into the events of one generation. What applications depend on: {@code ImageClient} is one, a fake
 * or a decorator is a lambda.
 *
 * <pre>{@code
 * ImageGenerator fake = request -> Flux.just(ImageEvent.completed(GeneratedImage.of(0, png)));
 * }</pre>
 */
@FunctionalInterface
public interface ImageGenerator {

    /**
     * Generates images.
     *
     * <p><b>Emits</b> any number of {@link ImageEvent.Progress} events, then exactly one {@link ImageEvent.Completed},
     * last. A gateway which does not stream is one {@code Completed} and nothing before it.
     *
     * <p><b>Cost.</b> Cold: each subscription is at most one billed request, and nothing is sent before it requests.
     *
     * <p><b>Cancellation</b> before the last event ends the request at the socket; after it, it does nothing.
     *
     * <p><b>Errors</b> are {@link ImageException}s, whose type answers whether anything was made and whether a retry
     * may cost twice.
     *
     * @param request what to generate
     * @return the events of one generation
     */
    Flux<ImageEvent> generate(ImageRequest request);

    /**
     * Generates images and waits for the end: {@link #generate(ImageRequest)} without the show.
     *
     * @param request what to generate
     * @return the result, or the same errors as {@link #generate(ImageRequest)}
     */
    default Mono<ImageResult> result(ImageRequest request) {
        return generate(request).ofType(ImageEvent.Completed.class).single().map(ImageEvent.Completed::result);
    }
}
