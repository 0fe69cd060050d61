package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands in two places is mended in one of them. Records say why those repeat themselves that do. */
class RepetitionTest {

    private static final Path ROOT =
            Path.of(System.getProperty("maven.basedir", ".")).resolve("../..").normalize();
    private static final int LINES = 10;

    /** Pairs of files with a block in common, which a record names. */
    private static final Set<String> NAMED = Set.of("Answer.java Answer.java"); // of two adapters, which share no jar

    @Test
    void noBlockOfTenLinesStandsInTwoPlaces() throws IOException {
        var places = new HashMap<List<String>, Set<Path>>();
        for (var file : sources()) {
            var code = code(file);
            for (int i = 0; i + LINES <= code.size(); i++) {
                places.computeIfAbsent(code.subList(i, i + LINES), any -> new TreeSet<>())
                        .add(file);
            }
        }
        var repeated = new TreeSet<String>();
        places.values().stream().filter(files -> files.size() > 1).forEach(files -> repeated.add(names(files)));

        assertThat(repeated).isSubsetOf(NAMED);
    }

    private static String names(Set<Path> files) {
        return String.join(
                " ",
                files.stream()
                        .map(file -> file.getFileName().toString())
                        .sorted()
                        .toList());
    }

    private static List<Path> sources() {
        return Stream.of("lib", "samples")
                .flatMap(folder -> Stream.of(ROOT.resolve(folder).toFile().listFiles()))
                .map(module -> module.toPath().resolve("src/main/java"))
                .filter(Files::isDirectory)
                .flatMap(RepetitionTest::walk)
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static Stream<Path> walk(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Neither comments, imports and annotations nor what is nothing but brackets. */
    private static List<String> code(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.matches("[(){};]*|(import|package) .*|@Override|(/\\*|\\*|//).*"))
                    .toList();
        }
    }
}
