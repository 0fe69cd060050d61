package dev.darkroom.cli;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Formats numbers and facts for people. */
final class HumanText {

    private HumanText() {}

    /** {@code 3.2 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** {@code 12 s}, never less than what is left. */
    static String wait(Instant now, Instant until) {
        var left = Math.max(0, Duration.between(now, until).toMillis());
        return (left + 999) / 1000 + " s";
    }

    /** {@code 812 bytes}, {@code 12 kB}, {@code 1.4 MB}. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        return bytes < 1_000_000 ? bytes / 1000 + " kB" : String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0);
    }

    /** {@code image/png, 1.4 MB}, or where it is. */
    static String image(GeneratedImage image) {
        var type = Objects.requireNonNullElse(image.mediaType(), "unknown type");
        return image.isLoaded() ? type + ", " + bytes(image.size()) : clean(type + ", at " + image.url());
    }

    /** Why an image is known by its URL only. */
    static String notFetched(GeneratedImage image) {
        var cause = image.downloadFailure();
        var why = cause == null
                ? "nothing was sent but its URL"
                : clean(ShellWords.of(String.valueOf(cause.getMessage())));
        return "image " + (image.index() + 1) + " was made, but could not be fetched: " + why;
    }

    /** {@code $0.0111, gen-img-…}: what the gateway says of the whole. */
    static List<String> receipt(ImageResult result) {
        var facts = new ArrayList<String>();
        var usage = result.usage();
        if (usage != null && usage.cost() != null) {
            facts.add(money(usage.cost(), usage.costUnit()));
        }
        if (result.generationId() != null) {
            facts.add(clean(result.generationId()));
        }
        return facts;
    }

    static String money(BigDecimal cost, @Nullable String unit) {
        var amount = cost.stripTrailingZeros().toPlainString();
        if (unit == null) {
            return "cost " + amount;
        }
        return unit.equals("USD") ? "$" + amount : amount + " " + clean(unit);
    }

    /** Without control characters: what a gateway says must not move the cursor. */
    static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\x{80}-\\x{9f}]", " ");
    }

    /** Why a file operation failed, without the name of its exception where that says nothing. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "there is a file of that name";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        var reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return Objects.requireNonNullElse(reason, e.getClass().getSimpleName());
    }
}
