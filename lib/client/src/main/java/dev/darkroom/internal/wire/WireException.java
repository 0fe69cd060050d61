package dev.darkroom.internal.wire;

import dev.darkroom.settings.Limits;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a response cannot be read. Messages name sizes, offsets and media types, never content: a parser's own
 * message may quote what it read, so none is copied and none is kept as a cause.
 */
public abstract sealed class WireException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private WireException(String message) {
        super(message);
    }

    /** A payload is not JSON. */
    public static final class MalformedJson extends WireException {

        private final long offset;

        MalformedJson(long offset) {
            super("Malformed JSON near byte " + offset + " of the payload");
            this.offset = offset;
        }

        /**
         * Where the text stops being JSON.
         *
         * @return bytes from the start of the payload's text, its images included; close to the culprit, not exact
         */
        public long offset() {
            return offset;
        }
    }

    /** A document ended before its JSON did, or was empty. */
    public static final class Truncated extends WireException {

        private final long received;

        Truncated(long received) {
            super("The document ended early, after " + received + " bytes");
            this.received = received;
        }

        /**
         * How much of the document had come.
         *
         * @return bytes
         */
        public long received() {
            return received;
        }
    }

    /** The response is neither JSON nor an event stream. */
    public static final class UnsupportedContent extends WireException {

        private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w!#$&^.+-]{1,64}/[\\w!#$&^.+-]{1,64}");

        private final @Nullable String mediaType;

        private UnsupportedContent(@Nullable String mediaType) {
            super("Neither JSON nor an event stream: content type " + (mediaType == null ? "unknown" : mediaType));
            this.mediaType = mediaType;
        }

        static UnsupportedContent of(@Nullable String essence) {
            var wellFormed = essence != null && MEDIA_TYPE.matcher(essence).matches();
            return new UnsupportedContent(wellFormed ? essence : null);
        }

        /**
         * The media type which the response declared.
         *
         * @return type and subtype without parameters; null if there was none, or none that is well-formed
         */
        public @Nullable String mediaType() {
            return mediaType;
        }
    }

    /** A response is larger than it may be. A single image that is too large is not an exception, but a {@link SegmentedBlob}. */
    public static final class LimitExceeded extends WireException {

        private final String setting;
        private final long limit;

        private LimitExceeded(String what, String setting, long limit) {
            super(what + " exceeds the limit of " + limit + "; " + setting + " raises it");
            this.setting = setting;
            this.limit = limit;
        }

        static LimitExceeded text(long limit) {
            return new LimitExceeded("The text of a payload in bytes", Limits.TEXT_BYTES, limit);
        }

        static LimitExceeded response(long limit) {
            return new LimitExceeded("The response in bytes", Limits.RESPONSE_BYTES, limit);
        }

        /**
         * There are too many images.
         *
         * @param limit how many there may be
         * @return the exception
         */
        public static LimitExceeded images(long limit) {
            return new LimitExceeded("The number of images in the response", Limits.IMAGES, limit);
        }

        static LimitExceeded heap(long limit) {
            return new LimitExceeded("What the request keeps, in bytes of heap,", Limits.HEAP_BYTES, limit);
        }

        /**
         * The client's wither which raises the limit.
         *
         * @return as {@link Limits} names it
         */
        public String setting() {
            return setting;
        }

        /**
         * The limit as it was set.
         *
         * @return bytes, or a number of images
         */
        public long limit() {
            return limit;
        }
    }
}
