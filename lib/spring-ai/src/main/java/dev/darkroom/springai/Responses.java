package dev.darkroom.springai;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageResponse;

/** Events and results, as responses. */
final class Responses {

    private Responses() {}

    /** Null for what a response has no place for. */
    static @Nullable ImageResponse of(ImageEvent event, PromptedRequest request) {
        if (event instanceof ImageEvent.Partial preview) {
            return new ImageResponse(
                    List.of(generation(preview.image(), preview.imageIndex(), preview.partialIndex())));
        }
        if (event instanceof ImageEvent.ImageReady ready) {
            return new ImageResponse(List.of(generation(ready.image())));
        }
        return event instanceof ImageEvent.Completed end ? ofResult(Answer.withAnImage(end.result()), request) : null;
    }

    static ImageResponse ofResult(ImageResult result, PromptedRequest request) {
        var warnings = new ArrayList<>(request.warnings());
        if ("url".equalsIgnoreCase(request.responseFormat())
                && result.images().stream().allMatch(image -> image.url() == null)) {
            warnings.add("responseFormat url: the gateway sent the image itself, and there is no URL of it");
        }
        var warned = warnings.isEmpty() ? result : result.withWarnings(warnings);
        return new ImageResponse(
                warned.images().stream().map(Responses::generation).toList(),
                new DarkroomImageResponseMetadata(warned));
    }

    private static ImageGeneration generation(GeneratedImage image) {
        return generation(image, image.index(), null);
    }

    private static ImageGeneration generation(GeneratedImage image, int index, @Nullable Integer partialIndex) {
        return new ImageGeneration(
                new DarkroomImage(image),
                new DarkroomImageGenerationMetadata(index, partialIndex, image.mediaType(), image.revisedPrompt()));
    }
}
