package dev.darkroom.image;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image which is sent along: to edit it, or to take its style. Nothing is read before the request is subscribed to;
 * what is not an image then fails the request before anything is sent.
 */
public sealed interface ImageReference {

    /**
     * A file, read while it is sent.
     *
     * @param path a readable image file
     * @return the reference
     */
    static ImageReference file(Path path) {
        return new File(path);
    }

    /**
     * An encoded image in memory.
     *
     * @param bytes the image; not copied, so do not change it afterwards
     * @return the reference
     */
    static ImageReference bytes(byte[] bytes) {
        return new Bytes(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }

    /**
     * An image as a {@code data:} URL, sent as it is.
     *
     * @param dataUrl {@code data:image/…;base64,…}
     * @return the reference
     * @throws IllegalArgumentException if it is not a base64 {@code data:} URL of an image
     */
    static ImageReference dataUrl(String dataUrl) {
        return new DataUrl(dataUrl);
    }

    /**
     * An image which the gateway fetches itself.
     *
     * @param url an absolute http or https URL
     * @return the reference
     * @throws IllegalArgumentException if it is not
     */
    static ImageReference url(URI url) {
        return new Url(url);
    }

    /**
     * An image which the gateway holds already, because it was uploaded there before.
     *
     * @param id the gateway's own id of it: OpenAI's {@code file-…}, the {@code ta_…} of token360's {@code asset://ta_…}
     * @return the reference
     * @throws IllegalArgumentException if it is blank, or holds anything but visible ASCII
     */
    static ImageReference stored(String id) {
        return new Stored(id);
    }

    /**
     * A file, read while it is sent.
     *
     * @param path a readable image file
     */
    record File(Path path) implements ImageReference {}

    /**
     * An encoded image in memory.
     *
     * @param content the encoded image; read-only
     */
    record Bytes(ByteBuffer content) implements ImageReference {

        /**
         * Keeps a read-only view.
         *
         * @param content the encoded image; read-only
         */
        public Bytes {
            content = content.asReadOnlyBuffer();
        }

        /** {@return the bytes, in a view of its own} */
        @Override
        public ByteBuffer content() {
            return content.duplicate();
        }

        /**
         * What the first bytes say it is.
         *
         * @return for example {@code image/png}, or null if they are no known image's
         */
        public @Nullable String mediaType() {
            return MagicBytes.mediaType(content);
        }

        @Override
        public String toString() {
            return "Bytes[" + content.remaining() + " bytes]";
        }
    }

    /**
     * An image as a {@code data:} URL.
     *
     * @param value {@code data:image/…;base64,…}
     */
    record DataUrl(String value) implements ImageReference {

        private static final Pattern HEAD = Pattern.compile("(?i)data:image/[a-z0-9.+-]+(;[a-z0-9=.+-]+)*;base64,");
        private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n\\f]+");

        /**
         * Takes white space out, and refuses what is not a base64 {@code data:} URL of an image.
         *
         * @param value {@code data:image/…;base64,…}
         */
        public DataUrl {
            value = BLANKS.matcher(value).find() ? BLANKS.matcher(value).replaceAll("") : value;
            var head = HEAD.matcher(value);
            if (!head.lookingAt() || !isBase64(value, head.end())) {
                throw new IllegalArgumentException(
                        "a data URL of an image is data:image/TYPE;base64, and then base64 only (this one has "
                                + value.length() + " characters)");
            }
        }

        private static boolean isBase64(String text, int from) {
            for (int i = from; i < text.length(); i++) {
                var c = text.charAt(i);
                var digit = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
                if (!digit && c != '+' && c != '/' && c != '=') {
                    return false; // it is written into the request as it is, so nothing else may stand in it
                }
            }
            return text.length() > from;
        }

        @Override
        public String toString() {
            return "DataUrl[" + value.length() + " chars]";
        }
    }

    /**
     * An image which the gateway fetches itself.
     *
     * @param value an absolute http or https URL
     */
    record Url(URI value) implements ImageReference {

        /**
         * Refuses what is not an absolute http or https URL.
         *
         * @param value an absolute http or https URL
         */
        public Url {
            var scheme = value.getScheme();
            if (value.getHost() == null || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
                throw new IllegalArgumentException("a reference URL is an absolute http or https URL; its scheme is "
                        + (scheme == null ? "missing" : scheme));
            }
        }

        @Override
        public String toString() {
            return "Url[" + value.getHost() + "]"; // paths and queries of such URLs are often signed
        }
    }

    /**
     * An image which the gateway holds already.
     *
     * @param id the gateway's own id of it
     */
    record Stored(String id) implements ImageReference {

        private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]+");

        /**
         * Refuses what cannot be an id.
         *
         * @param id the gateway's own id of it
         */
        public Stored {
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        "the id of a stored image is visible ASCII without blanks (this one has " + id.length()
                                + " characters)");
            }
        }
    }
}
