package dev.darkroom.fire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of many faulty calls, counted: by row (an answer and its framing) and by column. What broke a promise is kept
 * in words, and is what a test asserts to be nothing. Written to {@code target/fire-report.txt}, a section for each test.
 */
final class Figures {

    private static final int MOST_WORDS = 20;

    private final String title;
    private final Map<String, Map<String, Integer>> rows = new TreeMap<>();
    private final List<String> broken = new ArrayList<>();
    private int brokenInAll;

    Figures(String title) {
        this.title = title;
    }

    synchronized void count(String row, String column) {
        rows.computeIfAbsent(row, key -> new TreeMap<>()).merge(column, 1, Integer::sum);
    }

    /** A promise that did not hold. */
    synchronized void broken(String row, String promise, String what) {
        count(row, promise.toUpperCase(java.util.Locale.ROOT));
        if (brokenInAll++ < MOST_WORDS) {
            broken.add(promise + ": " + row + ", " + what);
        }
    }

    synchronized List<String> broken() {
        return List.copyOf(broken);
    }

    synchronized int total() {
        return rows.values().stream()
                .flatMap(row -> row.values().stream())
                .mapToInt(Integer::intValue)
                .sum();
    }

    /** Appends the section to the report and prints it. */
    synchronized void report(List<String> promises) {
        var text = new StringBuilder(title).append(": ").append(total()).append(" calls\n");
        rows.forEach((row, columns) ->
                text.append("  ").append(row).append(": ").append(columns).append('\n'));
        text.append("  broken promises: ").append(brokenInAll).append(" (").append(String.join(" 0, ", promises));
        text.append(brokenInAll == 0 ? " 0)\n" : "; see above)\n");
        try {
            var file = Path.of("target", "fire-report.txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.out.print(text);
    }
}
