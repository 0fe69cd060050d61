package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A file that grows is telling of a missing idea. */
class SourceSizeTest {

    private static final Path ROOT =
            Path.of(System.getProperty("maven.basedir", ".")).resolve("../..").normalize();
    private static final int LARGEST = 400;
    private static final int MEDIAN = 100;

    @Test
    void noFileHasMoreThanFourHundredLines() {
        var large = modules()
                .flatMap(SourceSizeTest::sources)
                .filter(file -> lines(file) > LARGEST)
                .map(file -> file.getFileName().toString());

        assertThat(large).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> halfTheFilesOfAModuleHaveAHundredLinesAtMost() {
        return modules()
                .map(module -> DynamicTest.dynamicTest(ROOT.relativize(module).toString(), () -> {
                    var lines =
                            sources(module).map(SourceSizeTest::lines).sorted().toList();
                    assertThat(lines).isNotEmpty();
                    assertThat(lines.get(lines.size() / 2)).isLessThanOrEqualTo(MEDIAN);
                }));
    }

    private static Stream<Path> modules() {
        return Stream.of("lib", "samples")
                .flatMap(folder -> Stream.of(ROOT.resolve(folder).toFile().listFiles()))
                .map(folder -> folder.toPath().resolve("src/main/java"))
                .filter(Files::isDirectory)
                .sorted();
    }

    private static Stream<Path> sources(Path module) {
        try (var files = Files.walk(module)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
