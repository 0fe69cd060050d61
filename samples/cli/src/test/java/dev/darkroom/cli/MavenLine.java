package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.Documents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A line that calls Maven, held against the poms: its phases, modules, profiles and properties must exist. */
final class MavenLine {

    private static final Set<String> GOALS =
            Set.of("clean", "compile", "test", "test-compile", "package", "verify", "install", "deploy");
    private static final Set<String> FLAGS = Set.of("-q", "-B", "-o", "-ntp", "-am", "-U");
    private static final Set<String> PROPERTIES = Set.of("skipTests", "altDeploymentRepository");

    private final Path root;
    private Path pom;

    private MavenLine(Path root) {
        this.root = root;
        this.pom = root.resolve("pom.xml");
    }

    /** Fails unless Maven would know what to do. */
    static void check(Path root, List<String> words) {
        new MavenLine(root).check(new ArrayDeque<>(words));
    }

    private void check(ArrayDeque<String> words) {
        var goals = 0;
        while (!words.isEmpty()) {
            var word = words.poll();
            if (word.equals("-f")) {
                var file = root.resolve(words.remove());
                pom = Files.isDirectory(file) ? file.resolve("pom.xml") : file;
                assertThat(pom).isRegularFile();
            } else if (word.equals("-pl")) {
                for (var module : words.remove().split(",")) {
                    assertThat(root.resolve(module).resolve("pom.xml")).isRegularFile();
                }
            } else if (word.startsWith("-P")) {
                assertThat(poms()).as(word).contains("<id>" + word.substring(2) + "</id>");
            } else if (word.startsWith("-Dtest=")) {
                for (var test : word.substring("-Dtest=".length()).split(",")) {
                    assertThat(sources()).as(word).contains(test + ".java");
                }
            } else if (word.startsWith("-D")) {
                var property = word.substring(2).split("=", 2)[0];
                assertThat(PROPERTIES.contains(property)
                                || poms().contains("<" + property + ">")
                                || poms().contains("<" + property + "/>")
                                || poms().contains("<name>" + property + "</name>"))
                        .as("a pom has the property " + property)
                        .isTrue();
            } else if (word.matches("[\\w-]+:\\w+")) {
                assertThat(poms()).as(word).contains("<artifactId>" + word.replaceFirst(":.*", "-maven-plugin<"));
                goals++;
            } else if (!FLAGS.contains(word)) {
                assertThat(GOALS).contains(word);
                goals++;
            }
        }
        assertThat(goals).as("a phase to run to").isPositive();
    }

    /** The names of the files that have tests, in any module. */
    private Set<String> sources() {
        return Documents.files(root, ".java").stream()
                .filter(file -> file.toString().contains("/src/test/java/"))
                .map(file -> file.getFileName().toString())
                .collect(Collectors.toSet());
    }

    private String poms() {
        return Stream.concat(Stream.of(pom), Documents.files(root, "pom.xml").stream())
                .map(Documents::read)
                .collect(Collectors.joining());
    }
}
