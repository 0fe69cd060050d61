package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * Every block of code in a document is checked: Java and Kotlin stand word for word, in its order, in a source that the build compiles
 * (and a test runs), Maven's XML names what there is; shell and configuration are run where the command line and Spring are.
 */
class DocumentedCodeTest {

    /** The languages of blocks, and the test that takes each block of them. */
    private static final Map<String, String> CHECKED = Map.of(
            "java", "lib/test-support/src/test/java/dev/darkroom/testsupport/DocumentedCodeTest.java",
            "kotlin", "lib/test-support/src/test/java/dev/darkroom/testsupport/DocumentedCodeTest.java",
            "js", "lib/test-support/src/test/java/dev/darkroom/testsupport/DocumentedCodeTest.java",
            "xml", "lib/test-support/src/test/java/dev/darkroom/testsupport/DocumentedCodeTest.java",
            "json", "lib/client/src/test/java/dev/darkroom/json/EventsDocumentTest.java",
            "yaml", "lib/spring-boot-starter/src/test/java/dev/darkroom/spring/DocumentedConfigurationTest.java",
            "sh", "samples/cli/src/test/java/dev/darkroom/cli/DocumentCommandsTest.java");

    /** Drawings of the map, which are no code. */
    private static final List<String> EXEMPT = List.of("text");

    private static final String SPRING_BOOT = "org.springframework.boot";

    @TempDir
    private Path folder;

    @Test
    void everyBlockIsOfAKindThatSomebodyChecks() {
        assertThat(Documents.blocks())
                .hasSizeGreaterThan(30)
                .allSatisfy(block -> assertThat(block.language())
                        .as(block + " is of a language that nobody checks")
                        .isIn(Stream.concat(CHECKED.keySet().stream(), EXEMPT.stream())
                                .toList()));
        CHECKED.forEach(
                (language, test) -> assertThat(Documents.read(Documents.root().resolve(test)))
                        .as(test + " takes every block of " + language)
                        .contains("Documents.blocks(\"" + language + "\")"));
    }

    @TestFactory
    Stream<DynamicTest> everyBlockOfJavaStandsInASourceThatIsCompiled() {
        return standingIn(sources(".java"), Documents.blocks("java"));
    }

    @TestFactory
    Stream<DynamicTest> everyBlockOfKotlinStandsInASourceThatIsCompiled() {
        return standingIn(sources(".kt"), Documents.blocks("kotlin"));
    }

    private static Stream<DynamicTest> standingIn(List<String> sources, List<CodeBlock> blocks) {
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.toString(),
                        () -> assertThat(sources.stream().anyMatch(source -> holds(source, block.code())))
                                .as("%s stands in no source of a module:%n%s", block, block.code())
                                .isTrue()));
    }

    @TestFactory
    Stream<DynamicTest> everyBlockOfJavaScriptStandsInAPageThatATestServes() {
        var pages = Documents.files(Documents.root(), ".html").stream()
                .map(Documents::read)
                .map(DocumentedCodeTest::plain)
                .toList();
        return Documents.blocks("js").stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.toString(),
                        () -> assertThat(pages.stream().anyMatch(page -> page.contains(plain(block.code()))))
                                .as("%s stands in no page:%n%s", block, block.code())
                                .isTrue()));
    }

    /** The benchmarks are not in the default build. */
    private static List<String> sources(String ending) {
        return Documents.files(Documents.root(), ending).stream()
                .filter(file -> !file.toString().contains("/benchmarks/"))
                .map(Documents::read)
                .map(DocumentedCodeTest::plain)
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> whoeverTypesThePageAboutDialectsHasTheWholeOfTheExample() {
        var typed = Documents.blocks(Documents.root().resolve("lib/docs/dialects.md")).stream()
                .filter(block -> block.language().equals("java"))
                .flatMap(block -> statements(block.code()))
                .toList();
        return Stream.of("PostcardDialect.java", "PostcardProvider.java")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    var source = Documents.root().resolve("lib/client/src/test/java/example/postcard/" + name);
                    assertThat(statements(Documents.read(source)))
                            .hasSizeGreaterThan(20)
                            .isSubsetOf(typed);
                }));
    }

    /** Lines without comments. */
    private static Stream<String> statements(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.matches("(/\\*|\\*|//).*"));
    }

    private static boolean holds(String source, String code) {
        var at = 0;
        for (var part : code.split("…|(?<=;)\\n+(?=\\S)", -1)) {
            var sought = plain(part.strip().replaceAll("\\n}$", ""));
            at = source.indexOf(sought, at);
            if (at < 0) {
                return false;
            }
            at += sought.length();
        }
        return true;
    }

    /** Without comments at the end of a line, and without white space, which is the formatter's. */
    private static String plain(String code) {
        return code.replaceAll("(?m)(?<=\\s)// .*$", "").replaceAll("\\s+", "");
    }

    @Test
    void aStatementThatIsChangedOrOutOfOrderIsFound() {
        var source = plain("class A {\n  void a() {\n    var b = c(); // so\n    b.d(\n  1);\n  }\n}\n");
        assertThat(holds(source, "var b = c();\nb.d(1);")).isTrue();
        assertThat(holds(source, "class A {\n    …\n}\n")).isTrue();
        assertThat(holds(source, "c();\n")).isTrue();
        assertThat(holds(source, "b.d(1);\nvar b = c();")).isFalse();
        assertThat(holds(source, "b.d(2);")).isFalse();
    }

    @TestFactory
    Stream<DynamicTest> everyBlockOfXmlNamesModulesThatThereAre() {
        return Documents.blocks("xml").stream()
                .map(block -> DynamicTest.dynamicTest(block.toString(), () -> checkCoordinates(block.code())));
    }

    private static void checkCoordinates(String xml) throws Exception {
        var block = parsed("<project>" + xml + "</project>");
        var dependencies = block.getElementsByTagName("dependency");
        assertThat(dependencies.getLength()).isPositive();
        var parents = block.getElementsByTagName("parent");
        for (var i = 0; i < parents.getLength(); i++) {
            assertIsSpringBoot((Element) parents.item(i));
        }
        for (var i = 0; i < dependencies.getLength(); i++) {
            var dependency = (Element) dependencies.item(i);
            if (text(dependency, "groupId").equals(SPRING_BOOT)) {
                assertThat(Documents.read(Documents.root().resolve("samples/quickstart/pom.xml")))
                        .contains("<artifactId>" + text(dependency, "artifactId") + "</artifactId>");
                continue;
            }
            assertThat(text(dependency, "groupId")).isEqualTo("dev.darkroom");
            var module = text(dependency, "artifactId").replaceFirst("^darkroom-", "");
            var pom = parsed(Documents.read(Documents.root().resolve("lib/" + module + "/pom.xml")));
            assertThat(Documents.read(Documents.root().resolve("lib/bom/pom.xml")))
                    .as("the BOM knows it")
                    .contains("<artifactId>darkroom-" + module + "</artifactId>");
            if (dependency.getElementsByTagName("version").getLength() > 0) {
                assertThat(text(dependency, "version")).isEqualTo(text(pom, "version"));
            }
        }
    }

    private static void assertIsSpringBoot(Element parent) {
        assertThat(text(parent, "groupId")).isEqualTo(SPRING_BOOT);
        assertThat(text(parent, "artifactId")).isEqualTo("spring-boot-starter-parent");
        assertThat(Documents.read(Documents.root().resolve("pom.xml")))
                .as("what all is built and tested with")
                .contains("<spring-boot.version>" + text(parent, "version") + "</spring-boot.version>");
    }

    private static Element parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void blocksAreFoundWithTheirLanguageAndLine() throws IOException {
        var file = Files.writeString(
                folder.resolve("a.md"), "# A\n\n```java\nint a;\n```\n  ```sh\n  ls\n  ```\n```\n\n```\n");
        assertThat(Documents.blocks(file))
                .extracting(CodeBlock::language, CodeBlock::line, CodeBlock::code)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("java", 3, "int a;\n"),
                        org.assertj.core.api.Assertions.tuple("sh", 6, "  ls\n"),
                        org.assertj.core.api.Assertions.tuple("", 9, "\n"));
        Files.writeString(file, "```java\nint a;\n");
        assertThatThrownBy(() -> Documents.blocks(file)).hasMessageContaining("a.md:1 is a block without an end");
    }
}
