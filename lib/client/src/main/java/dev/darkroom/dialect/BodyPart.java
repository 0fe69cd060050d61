package dev.darkroom.dialect;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A piece of a request's body: text that is here, or an image which is encoded while it is sent. */
public sealed interface BodyPart {

    /**
     * How many bytes it puts on the wire.
     *
     * @return bytes
     */
    long length();

    /**
     * Bytes which are sent as they are.
     *
     * @param content read-only
     */
    record Literal(ByteBuffer content) implements BodyPart {

        /**
         * Keeps a read-only view.
         *
         * @param content read-only
         */
        public Literal {
            content = content.asReadOnlyBuffer();
        }

        /** {@return the bytes, in a view of its own} */
        @Override
        public ByteBuffer content() {
            return content.duplicate();
        }

        @Override
        public long length() {
            return content.remaining();
        }
    }

    /**
     * The rest of an ASCII text, which may be megabytes: it is encoded while it is sent, not before.
     *
     * @param text ASCII only
     * @param from where it begins in the text
     */
    record Ascii(String text, int from) implements BodyPart {

        @Override
        public long length() {
            return (long) text.length() - from;
        }

        @Override
        public String toString() {
            return "Ascii[" + length() + " chars]";
        }
    }

    /**
     * Bytes which are sent as base64 (RFC 4648 section 4, padded).
     *
     * @param content read-only
     */
    record Base64Bytes(ByteBuffer content) implements BodyPart {

        /**
         * Keeps a read-only view.
         *
         * @param content read-only
         */
        public Base64Bytes {
            content = content.asReadOnlyBuffer();
        }

        /** {@return the bytes, in a view of its own} */
        @Override
        public ByteBuffer content() {
            return content.duplicate();
        }

        @Override
        public long length() {
            return base64Length(content.remaining());
        }
    }

    /**
     * A file which is read and sent as base64 (RFC 4648 section 4, padded), piece by piece.
     *
     * @param path the file
     * @param size its size in bytes when it was looked at; it must not change until it is sent
     */
    record Base64File(Path path, long size) implements BodyPart {

        @Override
        public long length() {
            return base64Length(size);
        }
    }

    /**
     * A file which is read and sent as it is, piece by piece.
     *
     * @param path the file
     * @param size its size in bytes when it was looked at; it must not change until it is sent
     */
    record RawFile(Path path, long size) implements BodyPart {

        @Override
        public long length() {
            return size;
        }
    }

    private static long base64Length(long size) {
        return (size + 2) / 3 * 4;
    }
}
