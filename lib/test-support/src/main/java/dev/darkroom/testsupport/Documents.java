package dev.darkroom.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The documents of the repository and the blocks of code in them. Whoever checks one kind of block takes all of that kind from
 * here, so that none is forgotten; which kinds are checked, and by whom, is what the test of this class says.
 */
public final class Documents {

    private static final Pattern FENCE = Pattern.compile("\\s*```\\s*(\\S*).*");

    private static final Pattern TYPE = Pattern.compile("(?m)^[ a-z@-]*\\b(?:class|record|interface|enum) (\\w+)");

    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules", ".fast");

    private Documents() {}

    /** The folder of the repository, from whichever module asks. */
    public static Path root() {
        var folder = Path.of(System.getProperty("maven.basedir", "."))
                .toAbsolutePath()
                .normalize();
        while (folder != null && !Files.isDirectory(folder.resolve("lib/docs"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("there is no lib/docs above this module");
        }
        return folder;
    }

    /** Every document. */
    public static List<Path> all() {
        return files(root(), ".md");
    }

    /** Every block of every document. */
    public static List<CodeBlock> blocks() {
        return all().stream().flatMap(file -> blocks(file).stream()).toList();
    }

    /** Every block of that language. */
    public static List<CodeBlock> blocks(String language) {
        return blocks().stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The text of a file. */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The simple names of all types of the repository, nested ones too. */
    static Set<String> types() {
        return Stream.of("lib", "samples")
                .flatMap(folder -> files(root().resolve(folder), ".java").stream())
                .flatMap(file -> TYPE.matcher(read(file)).results())
                .map(type -> type.group(1))
                .collect(Collectors.toSet());
    }

    /** The files of that ending below a folder, in order. What a build makes, and what belongs to tools, is not looked at. */
    public static List<Path> files(Path folder, String ending) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    return !each.equals(folder)
                                    && NOT_OURS.contains(each.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && file.toString().endsWith(ending)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(found);
        return found;
    }

    static List<CodeBlock> blocks(Path file) {
        var blocks = new ArrayList<CodeBlock>();
        var code = new StringBuilder();
        var began = 0;
        var language = "";
        var number = 0;
        for (var line : read(file).lines().toList()) {
            number++;
            var fence = FENCE.matcher(line);
            if (!fence.matches()) {
                code.append(line).append('\n');
            } else if (began == 0) {
                began = number;
                language = fence.group(1);
                code.setLength(0);
            } else {
                blocks.add(new CodeBlock(file, root().relativize(file), began, language, code.toString()));
                began = 0;
            }
        }
        if (began > 0) {
            throw new IllegalStateException(file + ":" + began + " is a block without an end");
        }
        return blocks;
    }
}
