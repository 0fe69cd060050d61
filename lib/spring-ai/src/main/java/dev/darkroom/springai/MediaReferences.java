package dev.darkroom.springai;

import dev.darkroom.image.ImageReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeType;

/**
 * The media of messages, as references. A file is not read for whoever may have named it: a {@code Resource} of it is bytes by the
 * time it comes here.
 */
final class MediaReferences {

    private MediaReferences() {}

    static ImageReference of(Media media) {
        if (!media.getMimeType().getType().equals("image")) {
            throw Refusal.of("media of type " + media.getMimeType() + " cannot be sent along: images alone can");
        }
        var data = media.getData();
        try {
            if (data instanceof byte[] bytes) {
                return ImageReference.bytes(bytes);
            }
            if (data instanceof URL url) {
                return ImageReference.url(url.toURI());
            }
            if (data instanceof String text) {
                return ofText(text, media.getMimeType());
            }
        } catch (IllegalArgumentException | URISyntaxException e) {
            throw Refusal.of("media that is sent along cannot be read: " + reason(e));
        }
        throw Refusal.of("media that is sent along is bytes, a URL or base64, and not a "
                + data.getClass().getName());
    }

    /** Spring AI keeps a {@code URI} as its text, in the same place as base64. */
    private static ImageReference ofText(String text, MimeType type) {
        if (text.regionMatches(true, 0, "data:", 0, 5)) {
            return ImageReference.dataUrl(text);
        }
        return text.contains(":")
                ? ImageReference.url(URI.create(text))
                : ImageReference.dataUrl("data:" + type.getType() + "/" + type.getSubtype() + ";base64," + text);
    }

    /** A syntax error quotes the URL, whose path and query may be signed. */
    private static String reason(Exception e) {
        return e instanceof URISyntaxException || e.getCause() instanceof URISyntaxException
                ? "it is no URL"
                : String.valueOf(e.getMessage());
    }
}
