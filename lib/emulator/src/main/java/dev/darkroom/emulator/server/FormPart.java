package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * One part of a {@code multipart/form-data} body.
 *
 * @param name the field's name
 * @param fileName the file's name, null for a plain field
 * @param mediaType what the part says it is
 * @param bytes the content; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, made for one reader
public record FormPart(String name, @Nullable String fileName, String mediaType, byte[] bytes) {

    /**
     * Whether this is a file.
     *
     * @return false for a plain field
     */
    public boolean isFile() {
        return fileName != null;
    }

    /**
     * A plain field's value.
     *
     * @return the content as text
     */
    public String text() {
        return new String(bytes, UTF_8);
    }
}
