package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the sources call, the pom declares: what comes along by chance another application's build may replace by something older.
 */
class DeclaredDependenciesTest {

    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+)\\.[A-Z*]");
    /** The longest prefix of a package decides. */
    private static final Map<String, String> ARTIFACTS = new LinkedHashMap<>(Map.ofEntries(
            Map.entry("io.netty.buffer", "netty-buffer"),
            Map.entry("io.netty.channel", "netty-transport"),
            Map.entry("io.netty.bootstrap", "netty-transport"),
            Map.entry("io.netty.util", "netty-common"),
            Map.entry("io.netty.resolver", "netty-resolver"),
            Map.entry("io.netty.handler", "netty-handler"),
            Map.entry("io.netty.handler.codec", "netty-codec-base"),
            Map.entry("io.netty.handler.codec.compression", "netty-codec-compression"),
            Map.entry("io.netty.handler.codec.http", "netty-codec-http"),
            Map.entry("io.netty.handler.codec.http2", "netty-codec-http2"),
            Map.entry("io.netty.handler.proxy", "netty-handler-proxy"),
            Map.entry("org.reactivestreams", "reactive-streams"),
            Map.entry("reactor.core", "reactor-core"),
            Map.entry("reactor.util", "reactor-core"),
            Map.entry("reactor.netty", "reactor-netty-core"),
            Map.entry("reactor.netty.http", "reactor-netty-http"),
            Map.entry("tools.jackson.core", "jackson-core"),
            Map.entry("tools.jackson.databind", "jackson-databind"),
            Map.entry("com.fasterxml.jackson.annotation", "jackson-annotations"),
            Map.entry("com.luciad.imageio.webp", "webp-imageio"),
            Map.entry("org.slf4j", "slf4j-api"),
            Map.entry("org.jspecify", "jspecify")));

    @ParameterizedTest
    @ValueSource(strings = {"client", "emulator"})
    void whatIsCalledIsDeclared(String module) throws IOException {
        var folder =
                Path.of(System.getProperty("maven.basedir", ".")).resolve("..").resolve(module);
        var pom = Files.readString(folder.resolve("pom.xml"));
        var missing = new TreeMap<String, String>();
        packages(folder.resolve("src/main/java")).forEach((name, user) -> {
            var artifact = artifact(name).orElse("somebody unknown to this test");
            if (!pom.contains("<artifactId>" + artifact + "</artifactId>")) {
                missing.put(name + " of " + artifact, user);
            }
        });
        assertThat(missing).isEmpty();
    }

    private static Optional<String> artifact(String name) {
        return ARTIFACTS.entrySet().stream()
                .filter(entry -> name.equals(entry.getKey()) || name.startsWith(entry.getKey() + "."))
                .max((one, other) -> one.getKey().length() - other.getKey().length())
                .map(Map.Entry::getValue);
    }

    /** Packages of others, and a file that uses each. */
    private static Map<String, String> packages(Path sources) throws IOException {
        var all = new TreeMap<String, String>();
        var files = new ArrayList<Path>();
        try (var walk = Files.walk(sources)) {
            walk.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
        for (var file : files) {
            IMPORT.matcher(Files.readString(file))
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !name.matches("(java|javax|dev\\.darkroom)\\..*|dev\\.darkroom"))
                    .forEach(name -> all.putIfAbsent(name, String.valueOf(file.getFileName())));
        }
        assertThat(all).hasSizeGreaterThan(10);
        return all;
    }
}
