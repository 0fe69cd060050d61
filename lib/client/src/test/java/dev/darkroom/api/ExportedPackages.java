package dev.darkroom.api;

import dev.darkroom.ImageClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which packages of the client are promised to its users: those that {@code module-info} exports to everybody. */
public final class ExportedPackages {

    private static final Pattern EXPORTS = Pattern.compile("(?m)^ *exports ([a-z.]+);$");

    private ExportedPackages() {}

    /** Their names, sorted. */
    public static List<String> names() {
        try {
            var module = Files.readString(Path.of("src/main/java/module-info.java"));
            return EXPORTS.matcher(module)
                    .results()
                    .map(exports -> exports.group(1))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every class in them that somebody outside can name, without those inside other classes. */
    static List<Class<?>> publicTypes() {
        return names().stream()
                .<Class<?>>flatMap(name -> in(classes().resolve(name.replace('.', '/')), name))
                .filter(type -> Modifier.isPublic(type.getModifiers()))
                .toList();
    }

    private static Stream<Class<?>> in(Path folder, String name) {
        var files = folder.toFile().listFiles((in, file) -> file.matches("\\w+\\.class"));
        return Arrays.stream(files == null ? new File[0] : files)
                .map(file -> name + "." + file.getName().replace(".class", ""))
                .sorted()
                .map(ExportedPackages::load);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ImageClient.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path classes() {
        try {
            return Path.of(ImageClient.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
