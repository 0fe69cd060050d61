package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.darkroom.api.ExportedPackages;
import dev.darkroom.testsupport.FileCircles;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom, exactly: what is not named here is not allowed. */
class ArrowsTest {

    private static final String HOME = "dev.darkroom.";
    private static final String GATEWAY = "internal.gateway.";

    /** From room to rooms, without what they have in common; the door, {@code dev.darkroom} itself, may know all. */
    static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("image", Set.of("internal.json")),
            Map.entry("json", Set.of("gate", "image")),
            Map.entry("gate", Set.of()),
            Map.entry("settings", Set.of("gate", "internal.address")),
            Map.entry("gateway", Set.of("internal.json", "image")),
            Map.entry("dialect", Set.of("image")),
            Map.entry(
                    "dialect.toolkit",
                    Set.of("internal.gateway.common", "internal.wire", "settings", "dialect", "image")),
            Map.entry(
                    "internal.call",
                    Set.of("internal.decode", "internal.http", "settings", "gate", "dialect", "image")),
            Map.entry("internal.decode", Set.of("internal.http", "internal.wire", "settings", "dialect", "image")),
            Map.entry("internal.http", Set.of("internal.wire", "internal.address", "settings", "dialect", "image")),
            Map.entry("internal.wire", Set.of("settings", "dialect")),
            Map.entry("internal.address", Set.of()),
            Map.entry("internal.json", Set.of()),
            Map.entry("internal.gate", Set.of("gate")),
            Map.entry(
                    "internal.gateway.*",
                    Set.of("internal.gateway.common", "internal.json", "gateway", "dialect", "image")));

    private static final JavaClasses CLASSES = ArchitectureTest.CLASSES;

    @Test
    void everyPackageIsPromisedOrInternal() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .allMatch(name -> ExportedPackages.names().contains(name) || name.startsWith(HOME + "internal."));
    }

    @Test
    void aRoomKnowsTheRoomsBelowItAndNoOthers() {
        var crossings = new TreeSet<String>();
        ours().filter(arrow -> !isAllowed(room(arrow.getOriginClass()), room(arrow.getTargetClass())))
                .forEach(arrow -> crossings.add(file(arrow.getOriginClass()) + " -> " + room(arrow.getTargetClass())));

        assertThat(crossings).isEmpty();
    }

    @Test
    void filesStandInNoCircle() {
        assertThat(FileCircles.of(ImageClient.class)).isEmpty();
    }

    private static Stream<Dependency> ours() {
        return CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith("dev.darkroom"));
    }

    private static boolean isAllowed(String from, String to) {
        var key = from.startsWith(GATEWAY) ? GATEWAY + "*" : from;
        return from.isEmpty()
                || from.equals(to)
                || ARROWS.getOrDefault(key, Set.of()).contains(to);
    }

    /** The package without {@code dev.darkroom}, which is the empty one. */
    private static String room(JavaClass type) {
        var name = type.getBaseComponentType().getPackageName() + ".";
        return name.equals(HOME) ? "" : name.substring(HOME.length(), name.length() - 1);
    }

    private static String file(JavaClass type) {
        return type.getBaseComponentType()
                .getName()
                .replaceFirst("^" + HOME, "")
                .replaceFirst("\\$.*", "");
    }
}
