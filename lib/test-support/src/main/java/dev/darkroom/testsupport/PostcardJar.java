package dev.darkroom.testsupport;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The example of a gateway that nobody knows, which stands among the client's tests, as somebody else would publish it: compiled
 * against the class path of the test that asks for it, and put into a jar of its own with its service file. Whoever has the jar
 * knows the gateway, and nobody else does.
 */
public final class PostcardJar {

    private static final String SOURCES = "lib/client/src/test/java/example/postcard";
    private static final String SERVICE = "META-INF/services/dev.darkroom.dialect.GatewayProvider";

    private PostcardJar() {}

    /** Makes the jar in a folder of the test. */
    public static Path in(Path folder) throws IOException {
        var classes = Files.createDirectories(folder.resolve("classes"));
        compile(classes);
        var jar = folder.resolve("postcard.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = classes.relativize(file).toString().replace('\\', '/');
                add(out, name, Files.readAllBytes(file));
            }
            add(out, SERVICE, "example.postcard.PostcardProvider\n".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    /** A loader of an application that has the jar, beside everything that the test has. */
    public static URLClassLoader loader(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, PostcardJar.class.getClassLoader());
    }

    /** The class path of the test, wherever the test runs. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static void compile(Path classes) {
        var sources = Stream.of("PostcardDialect.java", "PostcardProvider.java")
                .map(file -> root().resolve(SOURCES).resolve(file).toString());
        var options = List.of("--release", "17", "-proc:none", "-cp", classPath(), "-d", classes.toString());
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            var told = new StringWriter();
            var task = compiler.getTask(
                    told, manager, null, options, null, manager.getJavaFileObjects(sources.toArray(String[]::new)));
            if (!task.call()) {
                throw new IllegalStateException("the example does not compile: " + told);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the example cannot be compiled", e);
        }
    }

    private static Path root() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(SOURCES))) {
                return folder;
            }
        }
        throw new IllegalStateException("no folder above this one has " + SOURCES);
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
