package dev.darkroom.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells an image's media type from its first bytes, because servers are sometimes silent and sometimes wrong.
 *
 * <p>Knows PNG, JPEG, WebP, GIF, AVIF, HEIC, HEIF, JPEG XL, JPEG 2000, BMP, TIFF, ICO and SVG. Follows the
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
    private static final byte[] JXL_BOX = bytes(0, 0, 0, 12, 'J', 'X', 'L', ' ', '\r', '\n', 0x87, '\n');
    private static final byte[] JP2_BOX = bytes(0, 0, 0, 12, 'j', 'P', ' ', ' ', '\r', '\n', 0x87, '\n');
    private static final byte[] ICO = bytes(0, 0, 1, 0);
    /** Brands of ISO base media files which are images, the most telling first. */
    private static final Map<String, String> BRANDS = brands();

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
        if (at(head, 4, FTYP)) {
            return isoImage(head);
        }
        if (at(head, 0, JXL_BOX)) {
            return "image/jxl";
        }
        if (at(head, 0, JP2_BOX)) {
            return "image/jp2";
        }
        if (at(head, 0, TIFF_LITTLE) || at(head, 0, TIFF_BIG)) {
            return "image/tiff";
        }
        if (at(head, 0, BMP) && head.remaining() >= 14) {
            return "image/bmp";
        }
        if (at(head, 0, ICO) && head.remaining() >= 22 && head.get(head.position() + 4) != 0) {
            return "image/x-icon";
        }
        return isSvg(head) ? "image/svg+xml" : null;
    }

    private static Map<String, String> brands() {
        var brands = new LinkedHashMap<String, String>();
        List.of("avif", "avis").forEach(brand -> brands.put(brand, "image/avif"));
        List.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs")
                .forEach(brand -> brands.put(brand, "image/heic"));
        List.of("mif1", "mif2", "msf1", "miaf", "MiHE").forEach(brand -> brands.put(brand, "image/heif"));
        return Collections.unmodifiableMap(brands);
    }

    /**
     * An ISO base media file says what it is by its major brand or, where that is a general one, by those it is compatible
     * with; a film says neither.
     *
     * @see <a href="https://nokiatech.github.io/heif/technical.html">HEIF, brands</a>
     */
    private static @Nullable String isoImage(ByteBuffer head) {
        var start = new byte[Math.min(LENGTH, head.remaining())];
        head.get(head.position(), start);
        var size = ByteBuffer.wrap(start).getInt();
        var end = size < 16 ? start.length : Math.min(start.length, size);
        var named = new LinkedHashSet<String>();
        for (int at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) { // behind the major brand stands its version
            named.add(new String(start, at, 4, StandardCharsets.ISO_8859_1));
        }
        var major = named.isEmpty() ? null : BRANDS.get(named.iterator().next());
        if (major != null && !major.equals("image/heif")) {
            return major;
        }
        return BRANDS.entrySet().stream()
                .filter(brand -> named.contains(brand.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
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
