package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The table of what each published module stands on, against the poms. */
class DocumentedDependenciesTest {

    private static final Path LIB = Documents.root().resolve("lib");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([\\w.-]+:[\\w.-]+)` \\| (.+?) \\| (.+?) \\| (.+?) \\|$");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>darkroom-(.+?)</artifactId>");
    private static final Set<String> LICENCES =
            Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "EPL-2.0");

    private static List<String[]> rows() {
        return ROW.matcher(Documents.read(LIB.resolve("docs/supply-chain.md")))
                .results()
                .map(row -> new String[] {row.group(1), row.group(2), row.group(3), row.group(4)})
                .toList();
    }

    @Test
    void everyDependencyOfAPublishedModuleIsThereAndNoOther() {
        var said = new TreeMap<String, Set<String>>();
        rows().forEach(row -> said.put(row[0], new TreeSet<>(Arrays.asList(row[1].split(", ")))));

        assertThat(said).containsExactlyEntriesOf(declared());
    }

    @Test
    void eachHasALicenceThatIsAllowedAndAReason() {
        assertThat(rows()).hasSizeGreaterThan(20).allSatisfy(row -> {
            assertThat(LICENCES).contains(row[2]);
            assertThat(row[3]).hasSizeGreaterThan(2);
        });
    }

    private static Map<String, Set<String>> declared() {
        var all = new TreeMap<String, Set<String>>();
        published()
                .forEach(module -> dependencies(LIB.resolve(module).resolve("pom.xml"))
                        .filter(dependency -> !text(dependency, "scope").equals("test"))
                        .filter(dependency -> !text(dependency, "groupId").equals("dev.darkroom"))
                        .forEach(dependency -> all.computeIfAbsent(
                                        text(dependency, "groupId") + ":" + text(dependency, "artifactId"),
                                        name -> new TreeSet<>())
                                .add(text(dependency, "optional").equals("true") ? module + " (optional)" : module)));
        return all;
    }

    private static List<String> published() {
        var modules = ARTIFACT.matcher(Documents.read(LIB.resolve("bom/pom.xml")))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.equals("bom"))
                .toList();
        assertThat(modules).hasSizeGreaterThan(5).allMatch(module -> Files.exists(LIB.resolve(module)));
        return modules;
    }

    private static Stream<Element> dependencies(Path pom) {
        try {
            var project = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
            return children(project)
                    .filter(child -> child.getNodeName().equals("dependencies"))
                    .flatMap(DocumentedDependenciesTest::children);
        } catch (Exception e) {
            throw new IllegalStateException(pom + " cannot be read", e);
        }
    }

    private static Stream<Element> children(Node node) {
        var nodes = node.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    private static String text(Element element, String name) {
        return children(element)
                .filter(child -> child.getNodeName().equals(name))
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }
}
