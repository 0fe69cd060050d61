package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** What would go to Maven Central, as the build has just made it: what Central asks of it, and what its users are told. */
@Tag("release")
class PublishedTest {

    private static final Path ROOT = Path.of(System.getProperty("maven.basedir"))
            .resolve("../../..")
            .normalize();

    /** What Central refuses to take a pom without; each may be inherited, but for the words about the module itself. */
    private static final List<String> DEMANDED = List.of(
            "groupId",
            "version",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url");

    /** By which one knows a jar with that classifier. */
    private static final Map<String, String> CONTENT =
            Map.of("", "package-info.class", "sources", "package-info.java", "javadoc", "index.html");

    private static final List<String> LICENCES = Stream.of(
                    "Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-1.0", "EPL-2.0")
            .map(licence -> '"' + licence + '"')
            .toList();

    /** The licence at https://www.antlr.org/license.html is BSD-3-Clause; their poms say so in words that no list knows. */
    private static final List<String> BSD = List.of("org.antlr:ST4", "org.antlr:antlr-runtime");

    static List<PublishedModule> modules() throws IOException {
        return PublishedModule.all(ROOT);
    }

    static Stream<PublishedModule> jars() throws IOException {
        return modules().stream().filter(PublishedModule::isJar);
    }

    /** All but the client, which has a {@code module-info}. */
    static Stream<PublishedModule> named() throws IOException {
        return jars().filter(module -> !module.name().equals("darkroom-client"));
    }

    @Test
    void theBomNamesEveryModuleThatIsPublished() throws Exception {
        assertEquals(published(), PublishedModule.in(ROOT.resolve("lib/bom")).managed());
    }

    /** Modules are built side by side: what is read here must have been packed. */
    @Test
    void theseTestsWaitForEveryModuleThatIsPublished() throws Exception {
        assertEquals(
                published(),
                PublishedModule.in(Path.of(System.getProperty("maven.basedir"))).dependencies());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPomSaysTheSame(PublishedModule module) {
        var parent = PublishedModule.in(ROOT);
        for (var element : DEMANDED) {
            assertEquals(parent.inherited(element), module.inherited(element), element);
        }
        assertEquals(parent.text("properties/darkroom.url"), module.inherited("properties/darkroom.url"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aPomHasWhatCentralDemands(PublishedModule module) {
        for (var own : List.of("artifactId", "name", "description")) {
            assertFalse(module.text(own).isEmpty(), own);
        }
        for (var element : DEMANDED) {
            assertFalse(module.inherited(element).isEmpty(), element);
        }
    }

    /** The jar alone; in a release its sources and its javadoc too. */
    @ParameterizedTest
    @MethodSource("jars")
    void whatIsPublishedIsThereWithItsLicence(PublishedModule module) throws Exception {
        var licence = Files.readString(ROOT.resolve("lib/LICENSE"));
        for (var classifier : ("," + System.getProperty("published.classifiers", "")).split(",")) {
            try (var jar = new JarFile(module.jar(classifier))) {
                assertEquals(licence, content(jar, "META-INF/LICENSE"), jar.getName());
                assertTrue(jar.stream().anyMatch(entry -> entry.getName().endsWith(CONTENT.get(classifier))), jar.getName());
            }
        }
    }

    /** A component may be had under any of the licences that are said of it. */
    @ParameterizedTest
    @MethodSource("jars")
    void aJarSaysWhatItStandsOnAndAllOfThatMayBeUsed(PublishedModule module) throws Exception {
        if (System.getProperty("published.classifiers", "").isEmpty()) {
            return; // bills of materials are made for a release only
        }
        try (var jar = new JarFile(module.jar(""))) {
            var bill = JsonMapper.shared().readTree(content(jar, "META-INF/sbom/" + module.name() + ".cdx.json"));
            assertEquals("CycloneDX", bill.path("bomFormat").asString());
            assertTrue(bill.path("serialNumber").isMissingNode(), "differs with each build");
            assertEquals(module.name(), bill.path("metadata").path("component").path("name").asString());
            for (var component : bill.path("components")) {
                var licences = component.path("licenses").toString();
                assertTrue(
                        LICENCES.stream().anyMatch(licences::contains)
                                || BSD.contains(component.path("group").asString() + ":" + component.path("name").asString()),
                        component.path("purl") + " " + licences);
                assertFalse(component.path("hashes").isEmpty(), component.path("purl").asString());
            }
            assertTrue(bill.path("components").size() > 1, "it stands on something");
        }
    }

    /** The name that a {@code module-info} requires must not be guessed from the file's name, which everybody may change. */
    @ParameterizedTest
    @MethodSource("named")
    void aJarSaysItsModuleName(PublishedModule module) {
        var found = ModuleFinder.of(module.jar("").toPath()).findAll();
        var name = found.iterator().next().descriptor().name();
        assertTrue(name.startsWith("dev.darkroom"), name);
    }

    private static List<String> published() throws IOException {
        return jars().map(PublishedModule::name).sorted().toList();
    }

    private static String content(JarFile jar, String name) throws IOException {
        var entry = jar.getEntry(name);
        assertNotNull(entry, jar.getName() + " has no " + name);
        return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
}
