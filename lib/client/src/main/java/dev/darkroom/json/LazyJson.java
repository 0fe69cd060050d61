package dev.darkroom.json;

import dev.darkroom.image.GeneratedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of a value, made while it is read: for whoever sends it in pieces as they are asked for, and does not want a picture of
 * megabytes in base64 to lie around meanwhile. Only what is between the pictures is kept as bytes.
 *
 * <p>One line in UTF-8, without line feeds. Immutable, as long as nobody changes the bytes of a picture.
 */
public final class LazyJson {

    private final List<Part> parts;

    private LazyJson(List<Part> parts) {
        this.parts = parts;
    }

    /**
     * Writes a value, except for its pictures.
     *
     * @param mapper one that has an {@link ImageEventModule}
     * @param value an event, a result, a failure, a {@link JsonEvent}, or anything that has some of them in it
     * @return its JSON
     */
    public static LazyJson of(JsonMapper mapper, Object value) {
        return of(mapper.writer(), value);
    }

    /**
     * Writes a value, except for its pictures.
     *
     * @param writer of a mapper for JSON that has an {@link ImageEventModule}
     * @param value an event, a result, a failure, a {@link JsonEvent}, or anything that has some of them in it
     * @return its JSON
     */
    public static LazyJson of(ObjectWriter writer, Object value) {
        var parts = new Parts();
        writer.without(SerializationFeature.INDENT_OUTPUT)
                .withAttribute(LazyJson.class, parts)
                .writeValue(parts, value);
        return new LazyJson(parts.end());
    }

    /**
     * How long it is.
     *
     * @return in bytes
     */
    public long length() {
        return parts.stream().mapToLong(Part::length).sum();
    }

    /**
     * The JSON from its first byte. Never blocks, and need not be closed.
     *
     * @return a new stream, for one thread at a time
     */
    public InputStream asInputStream() {
        return new SequenceInputStream(
                Collections.enumeration(parts.stream().map(Part::open).toList()));
    }

    /** A piece of it, which is opened anew for each reader. */
    private sealed interface Part {

        long length();

        InputStream open();
    }

    private static final class Text implements Part {

        private final byte[] bytes;

        Text(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private record Picture(GeneratedImage image) implements Part {

        @Override
        public long length() {
            return Base64InputStream.length(image.size());
        }

        @Override
        public InputStream open() {
            return new Base64InputStream(image.asInputStream(), image.size());
        }
    }

    /** Where the generator writes to, and where pictures are put between what it wrote. */
    static final class Parts extends ByteArrayOutputStream {

        private final List<Part> parts = new ArrayList<>();

        /** A picture behind what was written, as a string of JSON; the generator has flushed. */
        void add(GeneratedImage image) {
            write('"');
            cut();
            parts.add(new Picture(image));
            write('"');
        }

        private void cut() {
            parts.add(new Text(toByteArray()));
            reset();
        }

        private List<Part> end() {
            cut();
            return List.copyOf(parts);
        }
    }
}
