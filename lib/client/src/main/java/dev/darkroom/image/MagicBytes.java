package dev.darkroom.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells an image's media type from its first bytes, because servers are sometimes silent and sometimes wrong.
 *
 * <p>Knows PNG, JPEG, WebP, GIF, AVIF, BMP, TIFF and SVG. Follows the
 * <a href="https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern">WHATWG MIME Sniffing patterns</a> where
 * they have one, and each format's own specification for the rest.
 */
public final class MagicBytes {

    /** No known signature needs more bytes than this; SVG is looked for within them. */
    public static final int LENGTH = 256;

    private static final byte[] PNG = bytes(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n');
    private static final byte[] JPEG = bytes(0xff, 0xd8, 0xff);
    private static final byte[] RIFF = bytes('R', 'I', 'F', 'F');
    private static final byte[] WEBP = bytes('W', 'E', 'B', 'P', 'V', 'P');
    private static final byte[] GIF = bytes('G', 'I', 'F', '8');
    private static final byte[] BMP = bytes('B', 'M');
    private static final byte[] TIFF_LITTLE = bytes('I', 'I', 42, 0);
    private static final byte[] TIFF_BIG = bytes('M', 'M', 0, 42);
    private static final byte[] FTYP = bytes('f', 't', 'y', 'p');
    private static final byte[] AVIF = bytes('a', 'v', 'i');

    private MagicBytes() {}

    /**
     * The media type of an image.
     *
     * @param head its first bytes, at best {@link #LENGTH} of them; position and limit stay as they are
     * @return for example {@code image/png}, or null if they are no known image's
     */
    public static @Nullable String mediaType(ByteBuffer head) {
        if (at(head, 0, PNG)) {
            return "image/png";
        }
        if (at(head, 0, JPEG)) {
            return "image/jpeg";
        }
        if (at(head, 0, RIFF) && at(head, 8, WEBP)) {
            return "image/webp";
        }
        if (at(head, 0, GIF)) {
            return "image/gif";
        }
        if (at(head, 4, FTYP) && at(head, 8, AVIF)) {
            return "image/avif";
        }
        if (at(head, 0, TIFF_LITTLE) || at(head, 0, TIFF_BIG)) {
            return "image/tiff";
        }
        if (at(head, 0, BMP) && head.remaining() >= 14) {
            return "image/bmp";
        }
        return isSvg(head) ? "image/svg+xml" : null;
    }

    private static boolean isSvg(ByteBuffer head) {
        var start = new byte[Math.min(LENGTH, head.remaining())];
        head.get(head.position(), start);
        var text = new String(start, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        var markup = text.startsWith("\ufeff") ? text.substring(1).stripLeading() : text.stripLeading();
        if (markup.startsWith("<svg")) {
            return true;
        }
        var mayHoldSvg = markup.startsWith("<?xml") || markup.startsWith("<!--") || markup.startsWith("<!doctype svg");
        return mayHoldSvg && (markup.contains("<svg") || markup.contains("doctype svg"));
    }

    private static boolean at(ByteBuffer head, int offset, byte[] signature) {
        if (head.remaining() < offset + signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if (head.get(head.position() + offset + i) != signature[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
