package dev.darkroom.livepreview;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Paints what the test says, when the test says it. */
final class FakeGenerator implements ImageGenerator {

    final Sinks.Many<ImageEvent> events = Sinks.many().unicast().onBackpressureBuffer();
    final AtomicInteger asked = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();

    @Override
    public Flux<ImageEvent> generate(ImageRequest request) {
        return events.asFlux().doOnSubscribe(s -> asked.incrementAndGet()).doOnCancel(cancelled::incrementAndGet);
    }

    void say(ImageEvent... said) {
        for (var event : said) {
            events.tryEmitNext(event).orThrow();
        }
    }
}
