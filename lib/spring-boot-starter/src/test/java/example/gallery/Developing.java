package example.gallery;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.spring.web.ImageReferences;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The recipe of events to a browser. */
@RestController
class Developing {

    private final ImageGenerator images;
    private final String model = "openai/gpt-image-1-mini";

    Developing(ImageGenerator images) {
        this.images = images;
    }

    @GetMapping(path = "/develop", produces = "text/event-stream")
    Flux<ImageEvent> develop(@RequestParam String prompt) {
        return images.generate(ImageRequest.of(model, prompt).stream(true));
    }

    @PostMapping("/edit")
    Flux<ImageEvent> edit(@RequestPart FilePart photo, @RequestPart String wish) {
        return ImageReferences.of(photo)
                .flatMapMany(
                        reference -> images.generate(ImageRequest.of("", wish).references(reference).stream(true)));
    }
}
