package example.gallery;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageEvents;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
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
    Flux<String> develop(@RequestParam String prompt) {
        return images.generate(ImageRequest.of(model, prompt).stream(true))
                .transform(ImageEvents.latestPartial())
                .mapNotNull(event -> event instanceof ImageEvent.Partial preview
                        ? preview.image()
                        : event instanceof ImageEvent.Completed done
                                ? done.result().first()
                                : null)
                .map(GeneratedImage::toDataUrl);
    }
}
