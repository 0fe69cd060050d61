package example.lighthouses;

import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.Quality;
import dev.darkroom.springai.DarkroomImage;
import dev.darkroom.springai.DarkroomImageModel;
import dev.darkroom.springai.DarkroomImageOptions;
import java.nio.file.Path;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptionsBuilder;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the README of this module shows. */
@Service
public class Lighthouses {

    private final ImageModel images; // Spring AI's: whose it is, a property says
    private final DarkroomImageModel darkroom;

    Lighthouses(ImageModel images, DarkroomImageModel darkroom) {
        this.images = images;
        this.darkroom = darkroom;
    }

    public String atDawn() {
        var options = ImageOptionsBuilder.builder().width(1024).height(1024).build();
        var response = images.call(new ImagePrompt("a lighthouse at dawn", options));
        return response.getResult().getOutput().getB64Json();
    }

    public Flux<ImageResponse> atDusk(String session) {
        var options =
                DarkroomImageOptions.of(request -> request.quality(Quality.LOW).with(OpenRouter.SESSION_ID, session));
        return darkroom.stream(new ImagePrompt("a lighthouse at dusk", options));
    }

    public Mono<Path> save(ImageResponse response, Path file) {
        var image = (DarkroomImage) response.getResult().getOutput();
        return image.image().writeTo(file);
    }
}
