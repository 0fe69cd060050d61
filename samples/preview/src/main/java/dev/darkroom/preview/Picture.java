package dev.darkroom.preview;

import java.nio.file.Path;

/**
 * One picture in a file.
 *
 * @param version which picture of its image it is, from 1; a later one replaces it
 * @param last whether it is the final one
 * @param mediaType what its bytes say it is, or {@code application/octet-stream}
 * @param bytes its size
 * @param file where it lies
 */
record Picture(int version, boolean last, String mediaType, long bytes, Path file) {

    /** For a file's name. */
    String extension() {
        return switch (mediaType) {
            case "image/png" -> "png";
            case "image/jpeg" -> "jpg";
            case "image/webp" -> "webp";
            case "image/gif" -> "gif";
            case "image/avif" -> "avif";
            case "image/svg+xml" -> "svg";
            default -> "bin";
        };
    }
}
