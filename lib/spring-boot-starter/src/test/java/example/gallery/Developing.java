package example.gallery;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageEvents;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The recipe with which the README begins. */
@RestController
class Developing {

    private final ImageGenerator images;
    private final String model = "openai/gpt-image-1-mini";

    Developing(ImageGenerator images) {
        this.images = images;
    }

    @GetMapping(path = "/develop", produces = "text/event-stream")
    Flux<ServerSentEvent<String>> develop(@RequestParam String prompt) {
        return images.generate(ImageRequest.of(model, prompt).stream(true))
                .transform(ImageEvents.latestPartial())
                .mapNotNull(event -> event instanceof ImageEvent.Partial preview
                        ? sse("preview", preview.image().toDataUrl())
                        : event instanceof ImageEvent.Completed done
                                ? sse("done", done.result().first().toDataUrl())
                                : null)
                .onErrorResume(
                        ImageException.class,
                        e -> Flux.just(sse("failed", e.outcome().word())));
    }

    private static ServerSentEvent<String> sse(String name, String data) {
        return ServerSentEvent.builder(data)
                .event(name)
                .retry(Duration.ofDays(20))
                .build();
    }
}
