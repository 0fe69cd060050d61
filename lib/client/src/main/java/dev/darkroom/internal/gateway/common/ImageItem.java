package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Blob;
import dev.darkroom.dialect.Payload;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageFailure;
import dev.darkroom.image.MagicBytes;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One image of an answer, in whichever form a gateway sends it: an object with {@code b64_json}, with a {@code url} which
 * may be a link, a {@code data:} URL or mere base64, or with an {@code error}; or nothing but the text of one of these.
 */
final class ImageItem {

    private static final List<String> BYTES = List.of("b64_json", "partial_image_b64", "base64");
    /** What wraps bytes together with their type: at Gemini, and in the parts of a message. */
    private static final List<String> WRAPS = List.of("inlineData", "inline_data", "image", "source");

    private static final List<String> TYPES = List.of("media_type", "mimeType", "mime_type");

    private final Payload payload;
    private final JsonNode node;

    ImageItem(Payload payload, JsonNode node) {
        this.payload = payload;
        this.node = node;
    }

    /** The image; null if there is none in it that can be used. */
    @Nullable
    GeneratedImage image(int index) {
        var image = picture(index);
        var revised = payload.text(node.path("revised_prompt"));
        return image == null || revised == null || revised.isBlank() ? image : image.withRevisedPrompt(revised);
    }

    private @Nullable GeneratedImage picture(int index) {
        var told = told();
        var blob = blob();
        if (blob != null) {
            return blob.isTooLarge()
                    ? null
                    : GeneratedImage.of(index, told == null ? blob.declaredMediaType() : told, blob.segments());
        }
        for (var url : urls()) {
            var link = Fields.httpUrl(url);
            if (link != null) {
                return GeneratedImage.at(index, told, link);
            }
        }
        return null;
    }

    /** Why there is no {@link #image(int)}. */
    ImageFailure failure(int index) {
        var blob = blob();
        if (blob != null && blob.isTooLarge()) {
            return new ImageFailure(index, ImageFailure.TOO_LARGE, null);
        }
        var error = ErrorBody.of(payload, node);
        if (error.isError()) {
            return new ImageFailure(index, error.name(), error.message());
        }
        return new ImageFailure(index, ImageFailure.UNDECODABLE, null);
    }

    private @Nullable Blob blob() {
        for (var name : BYTES) {
            var blob = filled(node.path(name));
            if (blob != null) {
                return blob;
            }
        }
        for (var name : WRAPS) {
            var part = node.path(name);
            var blob = filled(part.path(part.has("base64") ? "base64" : "data"));
            if (blob != null) {
                return blob;
            }
        }
        for (var url : urls()) {
            var blob = payload.blob(url);
            if (blob != null && isImage(blob)) {
                return blob;
            }
        }
        return null;
    }

    private @Nullable Blob filled(JsonNode text) {
        var blob = payload.blob(text);
        return blob == null || blob.size() == 0 ? null : blob;
    }

    private @Nullable String told() {
        var told = type(node);
        for (int i = 0; told == null && i < WRAPS.size(); i++) {
            told = type(node.path(WRAPS.get(i)));
        }
        return told;
    }

    private static @Nullable String type(JsonNode part) {
        for (var name : TYPES) {
            var type = Fields.text(part, name);
            if (type != null) {
                return type;
            }
        }
        return null;
    }

    private List<JsonNode> urls() {
        return List.of(
                node,
                node.path("url"),
                node.path("image_url"),
                node.path("image_url").path("url"),
                node.path("image"),
                node.path("image").path("url"),
                node.path("fileData").path("fileUri"),
                node.path("file_data").path("file_uri"));
    }

    /** Many a text reads as base64. What is not declared to be an image must begin like one. */
    private static boolean isImage(Blob blob) {
        if (blob.declaredMediaType() != null || blob.isTooLarge()) {
            return blob.size() > 0;
        }
        return blob.size() > 0 && MagicBytes.mediaType(head(blob)) != null;
    }

    private static ByteBuffer head(Blob blob) {
        return blob.segments().get(0);
    }
}
