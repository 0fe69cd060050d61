package dev.darkroom.cli;

import dev.darkroom.image.StoredImage;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Stored images for people, and for programs. */
final class StoredImagePage {

    private static final int LONGEST_PROMPT = 60;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private StoredImagePage() {}

    /** A line for each, times as the clock on the wall says. */
    static String table(List<StoredImage> images) {
        var table = new Table("ID", "CREATED", "STATUS", "MODEL", "PROMPT");
        for (var image : images) {
            table.row(
                    image.id(),
                    time(image.createdAt()),
                    image.status().toString(),
                    image.model(),
                    shortened(image.prompt()));
        }
        return table.toString();
    }

    static JsonLine json(StoredImage image) {
        return new JsonLine()
                .with("id", image.id())
                .with("status", image.status())
                .with("model", image.model())
                .with("prompt", image.prompt())
                .with("created_at", image.createdAt())
                .with("url", image.url())
                .with("error", image.error());
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? "?" : CLOCK.format(instant.atZone(ZoneId.systemDefault()));
    }

    private static String shortened(String prompt) {
        var line = prompt.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_PROMPT ? line : line.substring(0, LONGEST_PROMPT - 1) + "…";
    }
}
