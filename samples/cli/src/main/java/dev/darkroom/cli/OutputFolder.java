package dev.darkroom.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of results, in which no file is overwritten. All files of one run have one stem, which no file of an earlier run has; and each name is
 * taken by creating an empty file, so that not even a run at the same time loses a picture. Blocks.
 */
final class OutputFolder {

    private final Path folder;
    private final FileNames names;
    private int run;

    private OutputFolder(Path folder, FileNames names, int run) {
        this.folder = folder;
        this.names = names;
        this.run = run;
    }

    static OutputFolder in(Path folder, FileNames names) throws IOException {
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            throw new IOException("it is not writable");
        }
        var run = 1;
        while (holds(folder, names.stem(run) + ".")) {
            run++;
        }
        return new OutputFolder(folder, names, run);
    }

    /** Takes the name of the run's stem with this suffix, or of the next free run's. */
    synchronized Path claim(String suffix) throws IOException {
        while (true) {
            try {
                return Files.createFile(folder.resolve(names.stem(run) + suffix));
            } catch (FileAlreadyExistsException e) {
                run++;
            }
        }
    }

    private static boolean holds(Path folder, String prefix) throws IOException {
        try (var files = Files.newDirectoryStream(
                folder, file -> file.getFileName().toString().startsWith(prefix))) {
            return files.iterator().hasNext();
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
