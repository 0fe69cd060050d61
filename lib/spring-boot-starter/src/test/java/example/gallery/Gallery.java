package example.gallery;

import dev.darkroom.ImageClient;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What the page about Spring shows first. */
@SpringBootApplication
@RestController
public class Gallery {

    private final ImageClient images;

    Gallery(ImageClient images) {
        this.images = images;
    }

    @GetMapping("/lighthouse")
    Mono<GeneratedImage> lighthouse() {
        return images.result(ImageRequest.of("", "a lighthouse at dawn")).map(ImageResult::first);
    }

    public static void main(String[] args) {
        SpringApplication.run(Gallery.class, args);
    }
}
