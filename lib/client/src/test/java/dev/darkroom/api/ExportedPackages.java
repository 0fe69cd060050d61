package dev.darkroom.api;

import dev.darkroom.ImageClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which packages of the client are promised to its users: those that {@code module-info} exports to everybody. */
public final class ExportedPackages {

    /** What holds as long as there is no {@code module-info}. */
    private static final List<String> PROMISED =
            List.of("dev.darkroom", "dev.darkroom.dialect", "dev.darkroom.gate", "dev.darkroom.image");

    private ExportedPackages() {}

    /** Their names, sorted. */
    public static List<String> names() {
        var module = classes().resolve("module-info.class");
        if (!Files.exists(module)) {
            return PROMISED;
        }
        try (var in = Files.newInputStream(module)) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(exported -> !exported.isQualified())
                    .map(ModuleDescriptor.Exports::source)
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
