package dev.darkroom.testsupport;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * No source file of a module needs another that needs it, by whatever way round: whoever reads one can begin at the bottom. A sealed type and its
 * heirs are exempt, because they have to name each other. Asked by a test in each module, of the classes which the JDK's {@code jdeps} finds in it.
 */
public final class FileCircles {

    private static final Pattern ARROW = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s.*");

    private FileCircles() {}

    /**
     * The circles of a module.
     *
     * @param anyOfIt one of its classes, for all that lie beside it
     * @return for each circle its files, by the names of their types; empty if all is well
     */
    public static SortedSet<String> of(Class<?> anyOfIt) {
        var classes = classes(anyOfIt);
        var arrows = new TreeMap<String, Set<String>>();
        dependencies(classes).forEach(line -> {
            var arrow = ARROW.matcher(line);
            if (arrow.matches() && !isSealedOver(anyOfIt.getClassLoader(), arrow.group(1), arrow.group(2))) {
                arrows.computeIfAbsent(file(arrow.group(1)), any -> new TreeSet<>())
                        .add(file(arrow.group(2)));
            }
        });
        if (arrows.isEmpty()) {
            throw new IllegalStateException("jdeps found nothing in " + classes.size() + " classes");
        }
        return among(arrows);
    }

    private static List<String> classes(Class<?> anyOfIt) {
        try {
            var folder = Path.of(
                    anyOfIt.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (var files = Files.walk(folder)) {
                return files.filter(file -> file.toString().endsWith(".class"))
                        .filter(file -> !file.endsWith("module-info.class"))
                        .map(Path::toString)
                        .toList();
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> dependencies(List<String> classes) {
        var said = new StringWriter();
        var arguments = new ArrayList<>(List.of("-v", "--multi-release", "base"));
        arguments.addAll(classes);
        var status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(said), new PrintWriter(said), arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("jdeps: " + said);
        }
        return said.toString().lines();
    }

    private static boolean isSealedOver(ClassLoader loader, String type, String heir) {
        if (!type.startsWith("dev.darkroom") || !heir.startsWith("dev.darkroom")) {
            return false;
        }
        try {
            var heirs = Class.forName(type, false, loader).getPermittedSubclasses();
            return heirs != null
                    && Stream.of(heirs).anyMatch(each -> each.getName().equals(heir));
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // of a library that this test does without
        }
    }

    private static String file(String type) {
        var nested = type.indexOf('$');
        return nested < 0 ? type : type.substring(0, nested);
    }

    static SortedSet<String> among(Map<String, Set<String>> arrows) {
        var circles = new TreeSet<String>();
        arrows.forEach((file, direct) -> {
            var mates = new TreeSet<String>();
            for (var other : reachedFrom(file, arrows)) {
                if (!other.equals(file) && reachedFrom(other, arrows).contains(file)) {
                    mates.add(other);
                }
            }
            if (!mates.isEmpty()) {
                mates.add(file);
                circles.add(String.join(" ", mates));
            }
        });
        return circles;
    }

    private static Set<String> reachedFrom(String file, Map<String, Set<String>> arrows) {
        var seen = new TreeSet<String>();
        var open = new ArrayDeque<>(arrows.getOrDefault(file, Set.of()));
        while (!open.isEmpty()) {
            var next = open.poll();
            if (seen.add(next)) {
                open.addAll(arrows.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }
}
