package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever a document of ours names of this repository is there. */
class DocumentPathsTest {

    private static final Path ROOT =
            Path.of(System.getProperty("maven.basedir", ".")).resolve("../..").normalize();
    private static final Pattern PATH = Pattern.compile("`((?:lib|samples|\\.ci|\\.github)/[\\w./-]+)`");
    private static final Pattern LINK = Pattern.compile("]\\((?!\\w+:|#)([^)#]+)(?:#[^)]*)?\\)");

    @TestFactory
    Stream<DynamicTest> everyPathInADocumentIsThere() {
        return DocumentCommands.all(ROOT).stream()
                .map(document -> DynamicTest.dynamicTest(
                        ROOT.relativize(document.file()).toString(), () -> check(document.file())));
    }

    private static void check(Path document) throws IOException {
        var text = Files.readString(document);
        var paths = PATH.matcher(text).results().map(path -> ROOT.resolve(path.group(1)));
        var links = LINK.matcher(text).results().map(link -> document.resolveSibling(link.group(1)));

        assertThat(Stream.concat(paths, links)).allMatch(file -> built(file) || Files.exists(file), "is there");
    }

    /** What only a build makes. */
    private static boolean built(Path file) {
        return file.toString().contains("/target/");
    }
}
