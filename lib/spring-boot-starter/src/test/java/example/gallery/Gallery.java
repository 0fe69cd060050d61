package example.gallery;

import dev.darkroom.ImageClient;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What the page about Spring shows first. */
@RestController
class Gallery {

    private final ImageClient images;

    Gallery(ImageClient images) {
        this.images = images;
    }

    @GetMapping("/lighthouse")
    Mono<GeneratedImage> lighthouse() {
        return images.result(ImageRequest.of("", "a lighthouse at dawn")).map(ImageResult::first);
    }
}
