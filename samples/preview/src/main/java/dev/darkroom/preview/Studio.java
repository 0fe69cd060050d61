package dev.darkroom.preview;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/** Who paints. A fake is a lambda. */
@FunctionalInterface
interface Studio {

    /** The events of one generation; each wait for a rate limit is told to the listener before it begins. */
    Flux<ImageEvent> generate(ImageRequest request, Consumer<Throttled> listener);
}
