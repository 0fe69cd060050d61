package dev.darkroom.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * Test material by others, which lies beside the repository, in folders that properties name; never part of it.
 *
 * <p>A test that asks for what is not there is skipped, visibly, wherever it asks: also where its own assertion or an operator
 * takes the abort for the failure it was waiting for. {@link HouseRules} sees to that, which is why it is remembered here.
 */
public final class Material {

    private static final AtomicReference<@Nullable Throwable> VERDICT = new AtomicReference<>();
    private static volatile Set<String> tags = Set.of();

    private Material() {}

    /**
     * The file or folder. Without it the test is skipped; a test without {@link NeedsMaterial} fails whether or not it is there.
     *
     * @param property names the system property which names the folder
     * @param name below that folder
     */
    public static Path file(String property, String name) {
        if (!tags.contains(NeedsMaterial.TAG)) {
            throw remembered(new AssertionError(name + " is read by a test without @NeedsMaterial"));
        }
        var folder = System.getProperty(property, "");
        var file = Path.of(folder.isBlank() ? "absent" : folder, name);
        if (!Files.exists(file)) {
            System.out.println("SKIPPED for lack of " + name + " (folder given by -D" + property + "=…)");
            throw remembered(new TestAbortedException("no " + name));
        }
        return file;
    }

    /** What is in {@link #file the file}. */
    public static byte[] bytes(String property, String name) {
        try {
            return Files.readAllBytes(file(property, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T extends Throwable> T remembered(T verdict) {
        VERDICT.compareAndSet(null, verdict);
        return verdict;
    }

    /** Called before anything of a test runs which may ask; on the thread of the test, as everything here. */
    static void isAskedBy(Set<String> tagsOfTheTest) {
        tags = tagsOfTheTest;
        VERDICT.set(null);
    }

    /** What a test must end with, whatever became of it otherwise; null if it has not asked in vain. */
    static @Nullable Throwable verdict() {
        return VERDICT.getAndSet(null);
    }
}
