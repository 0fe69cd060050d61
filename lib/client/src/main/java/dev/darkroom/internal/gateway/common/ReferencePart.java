package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.BodyPart;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.MagicBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reference as an image URL on the wire: a text, and for images which are not text yet, what follows it as base64.
 *
 * @param url the URL, or the beginning of a {@code data:} URL, or the gateway's id of a stored image as it writes it
 * @param image what to append as base64; null if the URL is whole
 * @param isStored whether the gateway holds the image already
 */
public record ReferencePart(String url, @Nullable BodyPart image, boolean isStored) {

    private static final String KNOWN = "a PNG, JPEG, WebP, GIF, AVIF, HEIC, HEIF, JPEG XL, BMP, TIFF or SVG";

    /** Whether its bytes are here, rather than a text which already goes on the wire. */
    public boolean isBinary() {
        return image instanceof BodyPart.Base64Bytes || image instanceof BodyPart.Base64File;
    }

    /** What a {@code data:} URL says it is; only of one. */
    public String mediaType() {
        var head = url.substring("data:".length());
        return head.substring(0, head.indexOf(';')).toLowerCase(Locale.ROOT);
    }

    /** Its bytes as they are, as a file is sent; empty for a URL, an id, and what is no base64. */
    public Optional<BodyPart> file() {
        if (image instanceof BodyPart.Base64Bytes bytes) {
            return Optional.of(new BodyPart.Literal(bytes.content()));
        }
        if (image instanceof BodyPart.Base64File file) {
            return Optional.of(new BodyPart.RawFile(file.path(), file.size()));
        }
        return image instanceof BodyPart.Ascii text ? decoded(text) : Optional.empty();
    }

    private static Optional<BodyPart> decoded(BodyPart.Ascii base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64.text().substring(base64.from()));
            return Optional.of(new BodyPart.Literal(ByteBuffer.wrap(bytes)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The references of a request, as far as they can be sent; what is wrong is noted in the check. */
    public static List<ReferencePart> all(ImageRequest request, RequestCheck check, Stored stored) {
        var parts = new ArrayList<ReferencePart>();
        for (int i = 0; i < request.references().size(); i++) {
            of(request.references().get(i), "references[" + i + "]", check, stored)
                    .ifPresent(parts::add);
        }
        return parts;
    }

    /** The mask of a request. */
    public static Optional<ReferencePart> mask(ImageRequest request, RequestCheck check, Stored stored) {
        return one(ImageOption.MASK, request, check, stored);
    }

    /** The image which is the value of an option. */
    public static Optional<ReferencePart> one(
            ImageOption<ImageReference> option, ImageRequest request, RequestCheck check, Stored stored) {
        return request.get(option).flatMap(image -> of(image, option.name(), check, stored));
    }

    /** How a gateway writes the id of an image which it holds. */
    @FunctionalInterface
    public interface Stored {

        /** Of a gateway that holds none. */
        Stored NOWHERE = id -> null;

        /** The id on the wire; null if the gateway holds no images. */
        @Nullable
        String onTheWire(String id);
    }

    /** Blocks while it looks at a file. */
    private static Optional<ReferencePart> of(
            ImageReference reference, String name, RequestCheck check, Stored stored) {
        if (reference instanceof ImageReference.Url link) {
            return whole(link.value().toASCIIString());
        }
        if (reference instanceof ImageReference.DataUrl data) {
            return ofDataUrl(data.value());
        }
        if (reference instanceof ImageReference.Stored held) {
            var id = stored.onTheWire(held.id());
            check.require(id != null, name + " is an image stored at a gateway, and this one stores none");
            return Optional.ofNullable(id).map(text -> new ReferencePart(text, null, true));
        }
        if (reference instanceof ImageReference.Bytes bytes) {
            var type = bytes.mediaType();
            check.require(
                    type != null,
                    name + " is no image: its " + bytes.content().remaining() + " bytes do not begin like " + KNOWN);
            return Optional.ofNullable(type)
                    .flatMap(known -> encoded(known, new BodyPart.Base64Bytes(bytes.content())));
        }
        return ofFile(((ImageReference.File) reference).path(), name, check);
    }

    private static Optional<ReferencePart> whole(String url) {
        return Optional.of(new ReferencePart(url, null, false));
    }

    private static Optional<ReferencePart> encoded(String mediaType, BodyPart image) {
        return Optional.of(new ReferencePart("data:" + mediaType + ";base64,", image, false));
    }

    /** Its text may be many megabytes: it travels beside the JSON, not through it. It holds base64 and nothing else. */
    private static Optional<ReferencePart> ofDataUrl(String url) {
        var base64 = url.indexOf(',') + 1;
        return Optional.of(new ReferencePart(url.substring(0, base64), new BodyPart.Ascii(url, base64), false));
    }

    private static Optional<ReferencePart> ofFile(Path file, String name, RequestCheck check) {
        var fault = name + " (" + file.getFileName() + ") ";
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            check.refuse(fault + (Files.exists(file) ? "is not a readable file" : "does not exist"));
            return Optional.empty();
        }
        try (var input = Files.newInputStream(file)) {
            var type = MagicBytes.mediaType(ByteBuffer.wrap(input.readNBytes(MagicBytes.LENGTH)));
            check.require(type != null, fault + "is no image: it does not begin like " + KNOWN);
            return type == null ? Optional.empty() : encoded(type, new BodyPart.Base64File(file, Files.size(file)));
        } catch (IOException e) {
            check.refuse(fault + "cannot be read: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
