package dev.darkroom.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Writes down what tests cost in CPU seconds, whoever else was busy meanwhile: {@code target/test-cost} has a line for each
 * class, and {@code .ci/run} holds their sum against what a module may cost.
 *
 * <p>Counted is this JVM with all its threads; what it starts (a browser, a JVM with a small heap) is not.
 */
final class Cost {

    private static final Path FILE = Path.of(
            System.getProperty("maven.basedir", "."),
            "target",
            "test-cost",
            ProcessHandle.current().pid() + ".txt");

    private static Duration before = Duration.ZERO;

    private Cost() {}

    /** Called after each class, on the thread that runs tests; what comes between two classes is the next one's. */
    static void add(ExtensionContext context) {
        var now = cpu();
        var line = String.format(
                Locale.ROOT,
                "%.2f %s%n",
                now.minus(before).toMillis() / 1000.0,
                context.getRequiredTestClass().getName());
        before = now;
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }
}
