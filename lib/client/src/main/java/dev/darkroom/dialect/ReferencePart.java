package dev.darkroom.dialect;

import dev.darkroom.image.ImageReference;
import dev.darkroom.image.MagicBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A reference as an image URL on the wire: a text, and for images which are not text yet, what follows it as base64.
 *
 * @param url the URL, or the beginning of a {@code data:} URL
 * @param image what to append as base64; null if the URL is whole
 */
record ReferencePart(String url, @Nullable BodyPart image) {

    /** Notes in the check what is wrong; returns null then. Blocks while it looks at a file. */
    static @Nullable ReferencePart of(ImageReference reference, int index, RequestCheck check) {
        if (reference instanceof ImageReference.Url link) {
            return new ReferencePart(link.value().toASCIIString(), null);
        }
        if (reference instanceof ImageReference.DataUrl data) {
            return ofDataUrl(data.value());
        }
        if (reference instanceof ImageReference.Bytes bytes) {
            var type = bytes.mediaType();
            check.require(
                    type != null,
                    "references[" + index + "] is no image: its "
                            + bytes.content().remaining()
                            + " bytes do not begin like a PNG, JPEG, WebP, GIF, AVIF, BMP, TIFF or SVG");
            return type == null ? null : new ReferencePart(prefix(type), new BodyPart.Base64Bytes(bytes.content()));
        }
        if (reference instanceof ImageReference.File file) {
            return ofFile(file.path(), index, check);
        }
        check.refuse("references[" + index + "] is an image stored at a gateway, and this one stores none");
        return null;
    }

    /** Its text may be many megabytes: it travels beside the JSON, not through it. It holds base64 and nothing else. */
    private static ReferencePart ofDataUrl(String url) {
        var base64 = url.indexOf(',') + 1;
        return new ReferencePart(url.substring(0, base64), new BodyPart.Ascii(url, base64));
    }

    private static @Nullable ReferencePart ofFile(Path file, int index, RequestCheck check) {
        var name = "references[" + index + "] (" + file.getFileName() + ") ";
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            check.refuse(name + (Files.exists(file) ? "is not a readable file" : "does not exist"));
            return null;
        }
        try (var input = Files.newInputStream(file)) {
            var type = MagicBytes.mediaType(ByteBuffer.wrap(input.readNBytes(MagicBytes.LENGTH)));
            check.require(
                    type != null,
                    name + "is no image: it does not begin like a PNG, JPEG, WebP, GIF, AVIF, BMP," + " TIFF or SVG");
            return type == null
                    ? null
                    : new ReferencePart(prefix(type), new BodyPart.Base64File(file, Files.size(file)));
        } catch (IOException e) {
            check.refuse(name + "cannot be read: " + e.getClass().getSimpleName());
            return null;
        }
    }

    private static String prefix(String mediaType) {
        return "data:" + mediaType + ";base64,";
    }
}
