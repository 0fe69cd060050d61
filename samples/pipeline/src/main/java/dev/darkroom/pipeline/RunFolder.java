package dev.darkroom.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a run, which one process has at a time: the operating system holds the lock, and gives it back however the process
 * ends. Blocks.
 */
final class RunFolder implements AutoCloseable {

    static final String HIDDEN = ".darkroom";
    static final String MANIFEST = "manifest.jsonl";
    static final String PAGE = "contact-sheet.html";
    static final String SHEET = "contact-sheet.png";

    private final Path folder;
    private final @Nullable FileChannel lock;
    private final List<Path> made;

    private RunFolder(Path folder, @Nullable FileChannel lock, List<Path> made) {
        this.folder = folder;
        this.lock = lock;
        this.made = made;
    }

    /** Takes it; refuses with {@link PipelineException} if another process has it. */
    static RunFolder take(Path folder) throws IOException {
        var made = missing(folder.resolve(HIDDEN));
        Files.createDirectories(folder.resolve(HIDDEN).resolve("drafts"));
        var lock = FileChannel.open(
                folder.resolve(HIDDEN).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tried(lock) == null) {
            lock.close();
            throw new PipelineException(
                    "another process works in " + folder + "; wait for its end, or use another folder");
        }
        return new RunFolder(folder, lock, made);
    }

    /** Only to be looked at, whoever has it: nothing is made there, and it need not be there. */
    static RunFolder look(Path folder) {
        return new RunFolder(folder, null, List.of());
    }

    /** A folder and those it stands in, as far as they are not there; the innermost first. */
    private static List<Path> missing(Path folder) {
        return Stream.iterate(folder.toAbsolutePath(), Objects::nonNull, Path::getParent)
                .takeWhile(each -> !Files.exists(each))
                .toList();
    }

    private static @Nullable FileLock tried(FileChannel lock) throws IOException {
        try {
            return lock.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // in this very process
        }
    }

    static boolean isOurs(String name) {
        return name.equals(MANIFEST) || name.equals(PAGE) || name.equals(SHEET);
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    Path journal() {
        return folder.resolve(HIDDEN).resolve("journal.jsonl");
    }

    Path drafts() {
        return folder.resolve(HIDDEN).resolve("drafts");
    }

    /** Where what comes by standard input is kept, so that it can be read again. */
    Path spool() {
        return folder.resolve(HIDDEN).resolve("input");
    }

    /** Gives it back as it was, when nothing was begun: what {@link #take} made there goes, and nothing else. */
    void abandon() throws IOException {
        close();
        if (made.isEmpty()) {
            return;
        }
        try (var files = Files.walk(made.get(0))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        try {
            for (var outer : made.subList(1, made.size())) {
                Files.delete(outer);
            }
        } catch (DirectoryNotEmptyException e) {
            return; // somebody else has begun to use it
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
