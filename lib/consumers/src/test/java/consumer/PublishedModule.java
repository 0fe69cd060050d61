package consumer;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A pom of this repository, read as text: its own elements, or those of the nearest pom above it that has them.
 *
 * @param folder where it lies
 * @param pom its root element
 */
record PublishedModule(Path folder, Element pom) {

    /** Every module that is published: those whose pom, or one above, does not say otherwise. */
    static List<PublishedModule> all(Path root) throws IOException {
        try (var lib = Files.list(root.resolve("lib"));
                var samples = Files.list(root.resolve("samples"))) {
            return Stream.concat(Stream.of(root), Stream.concat(lib, samples).sorted())
                    .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(PublishedModule::in)
                    .filter(module -> !module.inherited("properties/maven.deploy.skip").equals("true"))
                    .toList();
        }
    }

    static PublishedModule in(Path folder) {
        try {
            var documents = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            return new PublishedModule(
                    folder,
                    documents.parse(folder.resolve("pom.xml").toFile()).getDocumentElement());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(folder + ": " + e, e);
        }
    }

    String name() {
        return text("artifactId");
    }

    boolean isJar() {
        return text("packaging").isEmpty() || text("packaging").equals("jar");
    }

    /** The text of its own element at that path, empty without one. */
    String text(String path) {
        Optional<Element> at = Optional.of(pom);
        for (var step : path.split("/")) {
            at = at.flatMap(element -> children(element).filter(child -> child.getTagName().equals(step)).findFirst());
        }
        return at.map(Element::getTextContent).orElse("").strip();
    }

    /** The same, or what it inherits. */
    String inherited(String path) {
        var own = text(path);
        return own.isEmpty() ? parent().map(parent -> parent.inherited(path)).orElse("") : own;
    }

    /** The artifacts that its dependencyManagement names, sorted. */
    List<String> managed() {
        return artifacts(children(pom)
                .filter(child -> child.getTagName().equals("dependencyManagement"))
                .flatMap(PublishedModule::children));
    }

    /** The artifacts that its dependencies name, sorted. */
    List<String> dependencies() {
        return artifacts(children(pom).filter(child -> child.getTagName().equals("dependencies")));
    }

    private static List<String> artifacts(Stream<Element> dependencies) {
        return dependencies
                .flatMap(PublishedModule::children)
                .flatMap(PublishedModule::children)
                .filter(child -> child.getTagName().equals("artifactId"))
                .map(child -> child.getTextContent().strip())
                .sorted()
                .toList();
    }

    /** What the build made of it. */
    File jar(String classifier) {
        var version = inherited("version");
        return folder.resolve("target/" + name() + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar")
                .toFile();
    }

    private Optional<PublishedModule> parent() {
        var path = text("parent/relativePath");
        return path.isEmpty()
                ? Optional.empty()
                : Optional.of(in(folder.resolve(path).normalize().getParent()));
    }

    private static Stream<Element> children(Node node) {
        var nodes = node.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    @Override
    public String toString() {
        return name();
    }
}
