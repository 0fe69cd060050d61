package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The map of the house is true: its laws are held by tests that there are, its rooms and words are those of the sources. */
class ArchitectureDocumentTest {

    private static final Path ROOT = Documents.root();
    private static final String MAP = Documents.read(ROOT.resolve("lib/docs/architecture.md"));
    private static final Pattern LAW = Pattern.compile("(?m)^\\| (\\d+) \\| (.+?) \\| (.+) \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern TYPE = Pattern.compile("`(?:@)?([A-Z]\\w+)`");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\| `(dev\\.darkroom[.\\w]*)` \\|");

    @Test
    void thereAreTwentySixLawsInTheirOrder() {
        assertThat(LAW.matcher(MAP).results().map(law -> Integer.valueOf(law.group(1))))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 26).boxed().toList());
    }

    @TestFactory
    Stream<DynamicTest> everyLawIsHeldByTestsThatThereAre() {
        var tests = tests();
        return LAW.matcher(MAP)
                .results()
                .map(law -> DynamicTest.dynamicTest(
                        law.group(1) + ". " + law.group(2),
                        () -> assertThat(TEST.matcher(law.group(3)).results().toList())
                                .isNotEmpty()
                                .allSatisfy(test -> assertThat(isThere(tests, test))
                                        .as(test.group())
                                        .isTrue())));
    }

    private static Map<String, String> tests() {
        return Documents.files(ROOT.resolve("lib"), ".java").stream()
                .filter(file -> file.toString().contains("/src/test/"))
                .collect(Collectors.toMap(
                        ArchitectureDocumentTest::simpleName, Documents::read, (first, second) -> first + second));
    }

    /** A method that JUnit runs: an annotation of one of its kinds, whatever else, and the name. */
    private static boolean isThere(Map<String, String> tests, MatchResult test) {
        return Pattern.compile(
                        "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b(?:(?!\\n    }\\n).)*?\\n    (?:void|Stream<DynamicTest>) "
                                + test.group(2) + "\\(",
                        Pattern.DOTALL)
                .matcher(tests.getOrDefault(test.group(1), ""))
                .find();
    }

    @Test
    void aTestThatIsNotThereIsMissed() {
        var tests = Map.of("ATest", """
                class ATest {
                    @Test
                    void a() {
                    }

                    void b() {
                    }

                    @ParameterizedTest
                    @ValueSource(ints = 1)
                    void c(int d) {
                    }
                }
                """);
        assertThat(Stream.of("`ATest#a`", "`ATest#b`", "`ATest#c`", "`ATest#d`", "`BTest#a`")
                        .map(TEST::matcher)
                        .filter(test -> test.find() && isThere(tests, test.toMatchResult()))
                        .map(test -> test.group(2)))
                .containsExactly("a", "c");
    }

    @Test
    void everyRoomIsOnTheMapAndNoOther() {
        var sources = ROOT.resolve("lib/client/src/main/java");
        var rooms = Documents.files(sources, "package-info.java").stream()
                .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
                .map(room -> room.replaceFirst("(internal\\.gateway)\\..*", "$1"))
                .collect(Collectors.toSet());
        assertThat(PACKAGE.matcher(MAP).results().map(room -> room.group(1)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(rooms);
    }

    @TestFactory
    Stream<DynamicTest> everyTypeThatIsNamedIsThere() {
        var types = Documents.types();
        return TYPE.matcher(MAP)
                .results()
                .map(type -> type.group(1))
                .distinct()
                .filter(type -> !type.equals("Flux"))
                .map(type ->
                        DynamicTest.dynamicTest(type, () -> assertThat(types).contains(type)));
    }

    private static String simpleName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
