package dev.darkroom.langchain4j;

import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.RejectedException;
import dev.langchain4j.data.image.Image;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images of theirs and of ours. Theirs are strings: here, and nowhere before, an image becomes one. */
final class Images {

    private Images() {}

    static List<Image> all(ImageResult result) {
        return result.images().stream().map(Images::of).toList();
    }

    static Image of(GeneratedImage image) {
        var theirs = Image.builder();
        var url = image.url();
        if (url != null) {
            theirs.url(url);
        }
        var type = image.mediaType();
        if (type != null) {
            theirs.mimeType(type);
        }
        var revised = image.revisedPrompt();
        if (revised != null) {
            theirs.revisedPrompt(revised);
        }
        if (image.isLoaded()) {
            theirs.base64Data(Base64.getEncoder().encodeToString(image.toByteArray()));
        }
        return theirs.build();
    }

    /** Its bytes say what it is; a {@code mimeType} would only be a hint. */
    static ImageReference reference(Image image) {
        try {
            var base64 = image.base64Data();
            if (base64 != null && !base64.isBlank()) {
                return isDataUrl(base64)
                        ? ImageReference.dataUrl(base64)
                        : ImageReference.bytes(Base64.getDecoder().decode(base64.replaceAll("\\s+", "")));
            }
            return reference(image.url());
        } catch (IllegalArgumentException e) {
            throw refused("an image to send along cannot be read: " + e.getMessage());
        }
    }

    /** A file is not read for whoever may have named it. */
    private static ImageReference reference(@Nullable URI url) {
        if (url == null) {
            throw refused("an image to send along has neither base64Data nor a url");
        }
        return isDataUrl(url.toString()) ? ImageReference.dataUrl(url.toString()) : ImageReference.url(url);
    }

    private static boolean isDataUrl(String text) {
        return text.regionMatches(true, 0, "data:", 0, 5);
    }

    private static RejectedException refused(String message) {
        return new RejectedException(RejectedException.Reason.REQUEST, message, FailureDetails.NONE);
    }
}
