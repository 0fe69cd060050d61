package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Blob;
import dev.darkroom.dialect.Payload;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageFailure;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An object that holds one image under one of several names, as base64, as a {@code data:} URL or as a link, or says why it does
 * not: for gateways that have names of their own for it.
 *
 * @param payload what the object is part of
 * @param node the object
 * @param images where the image may stand, the likeliest first
 * @param prompts where the prompt may stand by which it was made
 */
public record NamedImage(Payload payload, JsonNode node, List<String> images, List<String> prompts) {

    /** Whether it says what became of its image. */
    public boolean isSettled() {
        return blobs().findAny().isPresent()
                || images.stream()
                        .map(node::path)
                        .anyMatch(named -> named.isString() && !named.asString().isEmpty())
                || hasError();
    }

    private boolean hasError() {
        return node.path("error").isContainer() && !node.path("error").isEmpty();
    }

    /** The image; null if it cannot be had. */
    @Nullable
    public GeneratedImage image(int index) {
        var image = picture(index);
        var revised = prompts.stream()
                .map(name -> payload.text(node.path(name)))
                .filter(text -> text != null && !text.isBlank())
                .findFirst();
        return image == null || revised.isEmpty() ? image : image.withRevisedPrompt(revised.get());
    }

    private @Nullable GeneratedImage picture(int index) {
        var blob = blobs().findFirst().orElse(null);
        if (blob != null) {
            return blob.isTooLarge() ? null : GeneratedImage.of(index, blob.declaredMediaType(), blob.segments());
        }
        return images.stream()
                .map(name -> Fields.httpUrl(node.path(name)))
                .filter(Objects::nonNull)
                .findFirst()
                .map(url -> GeneratedImage.at(index, null, url))
                .orElse(null);
    }

    private Stream<Blob> blobs() {
        return images.stream()
                .map(name -> payload.blob(node.path(name)))
                .filter(Objects::nonNull)
                .filter(blob -> blob.size() > 0);
    }

    /** Why there is none: what the object says under {@code error}, or lying flat. */
    public ImageFailure failure(int index) {
        if (blobs().anyMatch(Blob::isTooLarge)) {
            return new ImageFailure(index, ImageFailure.TOO_LARGE, null);
        }
        var error = hasError() ? node.path("error") : node;
        var code = Fields.word(error, "code");
        var named = code == null && hasError() ? Fields.text(error, "type") : code;
        var message = payload.text(error.path("message"));
        return new ImageFailure(index, named == null && message == null ? ImageFailure.UNDECODABLE : named, message);
    }
}
