package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A document leads to what is in this repository, or to the web; a record of a decision can be read without anything else. */
class DocumentedPlacesTest {

    private static final Path ROOT = Documents.root();
    private static final Path RECORDS = ROOT.resolve("lib/docs/adr");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?m)^\\[\\w+\\]: (\\S+)$");
    private static final Pattern RECORD = Pattern.compile("\\b(?:record|decision)s? (\\d+)\\b");
    private static final Pattern TYPE = Pattern.compile("`@?([A-Z][a-z]\\w+)`");
    /** What lies beside a repository, on somebody's machine, or in somebody's head. */
    private static final Pattern ELSEWHERE = Pattern.compile(
            "(?i)\\.\\./shared|\\bfacts/|\\bvectors/|/(?:tmp|work|home|root)/|\\bissue #?\\d|\\bthe issues?\\b|#\\d+\\b|\\bthe design\\b");

    private static final Pattern CALL = Pattern.compile("\\b[a-z]\\w+(?=\\()");
    private static final Pattern CODE = Pattern.compile("(?<!`)`([^`\n]+)`(?!`)");
    /** A header, and browsers', Reactor's and Spring's. */
    private static final List<String> OF_OTHERS =
            List.of("Accept", "EventSource", "Flux", "Mono", "Primary", "SmartLifecycle");

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() {
        return Documents.all().stream()
                .flatMap(document -> LINK.matcher(Documents.read(document))
                        .results()
                        .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                        .filter(link -> !link.matches("\\w+:.*"))
                        .map(link -> DynamicTest.dynamicTest(
                                ROOT.relativize(document) + " to " + link,
                                () -> assertLeadsSomewhere(document, link))));
    }

    private static void assertLeadsSomewhere(Path document, String link) {
        var parts = link.split("#", 2);
        var file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        assertThat(file).exists().startsWith(ROOT);
        if (parts.length > 1) {
            assertThat(anchors(file)).contains(parts[1]);
        }
    }

    private static List<String> anchors(Path file) {
        return Documents.read(file)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> noDocumentCitesWhatIsElsewhere() {
        return Documents.all().stream()
                .map(document -> DynamicTest.dynamicTest(
                        ROOT.relativize(document).toString(),
                        () -> assertThat(ELSEWHERE
                                        .matcher(Documents.read(document))
                                        .results()
                                        .map(MatchResult::group))
                                .isEmpty()));
    }

    @Test
    void whatIsElsewhereIsFound() {
        assertThat(Stream.of(
                                "see ../shared/a",
                                "facts/a.md",
                                "/tmp/a",
                                "as issue 12 says",
                                "the issue",
                                "(#12)",
                                "the design says")
                        .filter(text -> !ELSEWHERE.matcher(text).find()))
                .isEmpty();
        assertThat(ELSEWHERE.matcher("it is designed; facts; #laws; an issue").find())
                .isFalse();
    }

    @Test
    void recordsAreNumberedOnce() {
        assertThat(Documents.files(RECORDS, ".md").stream()
                        .map(file -> file.getFileName().toString()))
                .hasSizeGreaterThan(10)
                .allMatch(name -> name.matches("\\d{4}-[a-z0-9-]+\\.md"))
                .extracting(name -> name.substring(0, 4))
                .doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> aRecordNamesRecordsAndTypesThatThereAre() {
        var types = Documents.types();
        return Documents.files(RECORDS, ".md").stream()
                .map(record -> DynamicTest.dynamicTest(record.getFileName().toString(), () -> {
                    var text = Documents.read(record);
                    assertThat(TYPE.matcher(text).results().map(type -> type.group(1)))
                            .allMatch(type -> types.contains(type) || OF_OTHERS.contains(type) || isOfTheJdk(type));
                    assertThat(RECORD.matcher(text).results().map(other -> other.group(1)))
                            .allSatisfy(DocumentedPlacesTest::assertIsARecord);
                }));
    }

    private static boolean isOfTheJdk(String type) {
        return Stream.of("java.lang.", "java.util.", "java.io.").anyMatch(packageName -> {
            try {
                return Class.forName(packageName + type) != null;
            } catch (ClassNotFoundException e) {
                return false;
            }
        });
    }

    /** The change log also names what there was, and a record what there may be. */
    @TestFactory
    Stream<DynamicTest> whatADocumentCallsIsThere() {
        var words = Stream.of("lib", "samples")
                .flatMap(folder -> Documents.files(ROOT.resolve(folder), ".java").stream())
                .flatMap(file -> Stream.of(Documents.read(file).split("\\W+")))
                .collect(Collectors.toSet());
        return Documents.all().stream()
                .filter(document -> !document.endsWith("CHANGELOG.md") && !document.startsWith(RECORDS))
                .map(document -> DynamicTest.dynamicTest(
                        ROOT.relativize(document).toString(),
                        () -> assertThat(CODE.matcher(Documents.read(document))
                                        .results()
                                        .flatMap(code ->
                                                CALL.matcher(code.group(1)).results())
                                        .map(MatchResult::group))
                                .allMatch(words::contains)));
    }

    private static void assertIsARecord(String number) throws Exception {
        try (var records = Files.newDirectoryStream(RECORDS, "%04d-*.md".formatted(Integer.valueOf(number)))) {
            assertThat(records).isNotEmpty();
        }
    }

    @Test
    void theReadmeIsReadInTwoMinutes() {
        var readme = Documents.read(ROOT.resolve("README.md"));
        assertThat(readme.lines()).hasSizeLessThanOrEqualTo(130);
        assertThat(readme.lines().filter(line -> !line.startsWith("|"))).allMatch(line -> line.length() <= 125);
        assertThat(Documents.files(ROOT.resolve("lib/docs"), ".md").stream()
                        .map(file -> ROOT.relativize(file).toString())
                        .filter(file -> !file.contains("/adr/")))
                .as("every page is linked from it")
                .allMatch(file -> readme.contains("](" + file + ")"));
    }
}
