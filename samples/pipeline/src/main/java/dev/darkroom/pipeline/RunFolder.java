package dev.darkroom.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private final FileChannel lock;

    private RunFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Takes it; refuses with {@link PipelineException} if another process has it. */
    static RunFolder take(Path folder) throws IOException {
        Files.createDirectories(folder.resolve(HIDDEN).resolve("drafts"));
        var lock = FileChannel.open(
                folder.resolve(HIDDEN).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tried(lock) == null) {
            lock.close();
            throw new PipelineException(
                    "another process works in " + folder + "; wait for its end, or use another folder");
        }
        return new RunFolder(folder, lock);
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

    @Override
    public void close() throws IOException {
        lock.close();
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
