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
     * Generates images, once somebody subscribes: a flux that nobody subscribes to asks for nothing, fails with nothing and costs nothing.
     * Return it from a controller, or end it by {@code subscribe()}, in a program of your own by {@code block()}.
     *
     * <p><b>Emits</b> any number of {@link ImageEvent.Progress} events, then exactly one {@link ImageEvent.Completed},
     * last. A gateway which does not stream is one {@code Completed} and nothing before it.
     *
     * <p><b>Cost.</b> Cold: each subscription is at most one billed request.
     *
     * <p><b>Demand.</b> Nothing is sent before an event is requested. What is not requested stays with the gateway, but for a
     * little that is read ahead.
     *
     * <p><b>Cancellation</b> before the last event ends the request at the socket, and before it was sent nothing is; after the
     * last event it does nothing. What the gateway has begun it may bill.
     *
     * <p><b>Errors</b> are {@link ImageException}s: {@link RateLimitedException} and {@link UnavailableException} (nothing was made,
     * it may be sent again), {@link RejectedException} (nothing was made, and it will not be as it is),
     * {@link GenerationFailedException} (tried and failed) and {@link OutcomeUnknownException} (it may have been made, and billed). The
     * last two hold what had arrived.
     *
     * <p><b>Signals</b> arrive on whatever thread the implementation has: a client's on an event loop, which must not be blocked.
     *
     * @param request what to generate
     * @return the events of one generation
     */
    Flux<ImageEvent> generate(ImageRequest request);

    /**
     * Generates images and passes the result alone on. Cost, cancellation, errors and threads are those of
     * {@link #generate(ImageRequest)}; every event is asked for at once, as soon as the result is.
     *
     * @param request what to generate
     * @return exactly one result
     */
    default Mono<ImageResult> result(ImageRequest request) {
        return generate(request).ofType(ImageEvent.Completed.class).single().map(ImageEvent.Completed::result);
    }
}
