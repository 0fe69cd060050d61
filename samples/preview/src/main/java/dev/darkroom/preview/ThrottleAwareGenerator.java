package dev.darkroom.preview;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/** Generates images and reports waits for rate limits. A fake is a lambda. */
@FunctionalInterface
interface ThrottleAwareGenerator {

    /** The events of one generation; each wait for a rate limit is reported to the listener before it begins. */
    Flux<ImageEvent> generate(ImageRequest request, Consumer<Throttled> listener);
}
