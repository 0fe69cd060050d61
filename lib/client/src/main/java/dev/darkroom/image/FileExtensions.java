package dev.darkroom.image;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How files of a media type are called. */
final class FileExtensions {

    /** Never something that a computer would run, whatever a gateway calls its pictures. */
    private static final String UNKNOWN = "bin";

    /** Every type that {@link MagicBytes} tells, and the other names under which some of them go. */
    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("image/png", "png"),
            Map.entry("image/jpeg", "jpg"),
            Map.entry("image/jpg", "jpg"),
            Map.entry("image/webp", "webp"),
            Map.entry("image/gif", "gif"),
            Map.entry("image/svg+xml", "svg"),
            Map.entry("image/avif", "avif"),
            Map.entry("image/heic", "heic"),
            Map.entry("image/heif", "heif"),
            Map.entry("image/jxl", "jxl"),
            Map.entry("image/jp2", "jp2"),
            Map.entry("image/tiff", "tiff"),
            Map.entry("image/bmp", "bmp"),
            Map.entry("image/x-icon", "ico"),
            Map.entry("image/vnd.microsoft.icon", "ico"));

    private FileExtensions() {}

    static String of(@Nullable String mediaType) {
        return mediaType == null ? UNKNOWN : BY_TYPE.getOrDefault(mediaType.toLowerCase(Locale.ROOT), UNKNOWN);
    }
}
