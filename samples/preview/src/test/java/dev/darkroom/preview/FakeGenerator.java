package dev.darkroom.preview;

import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Paints what the test says, when the test says it. */
final class FakeGenerator implements ThrottleAwareGenerator {

    final Sinks.Many<ImageEvent> events = Sinks.many().unicast().onBackpressureBuffer();
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    volatile Consumer<Throttled> listener = wait -> {};

    @Override
    public Flux<ImageEvent> generate(ImageRequest request, Consumer<Throttled> listener) {
        this.listener = listener;
        return events.asFlux().doOnSubscribe(s -> asked.incrementAndGet()).doOnCancel(cancelled::incrementAndGet);
    }

    void say(ImageEvent... said) {
        for (var event : said) {
            events.tryEmitNext(event).orThrow();
        }
    }
}
