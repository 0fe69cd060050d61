package dev.darkroom.emulator.gateway.myrouter;

import dev.darkroom.emulator.gateway.common.seedream.SeedreamVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A model: the path is its name, and no field is. */
enum Endpoint {
    /** 4.5: references in {@code image}, {@code max_images} among the options, up to 14 references. */
    SEEDREAM_4_5("/seedream-4.5", SeedreamVersion.V4_5, "image", 14, false),
    /** 4.0: references in {@code images}, {@code max_images} at the top, up to 10 references under stricter rules. */
    SEEDREAM_4_0("/seedream-4.0", SeedreamVersion.V4_0, "images", 10, true);

    private final String route;
    private final SeedreamVersion version;
    private final String references;
    private final int mostReferences;
    private final boolean legacy;

    Endpoint(String route, SeedreamVersion version, String references, int mostReferences, boolean legacy) {
        this.route = route;
        this.version = version;
        this.references = references;
        this.mostReferences = mostReferences;
        this.legacy = legacy;
    }

    /** The path is the name. */
    static List<String> models() {
        return Arrays.stream(values())
                .map(endpoint -> endpoint.route.substring(1))
                .toList();
    }

    static Optional<Endpoint> at(String route) {
        return Arrays.stream(values())
                .filter(endpoint -> endpoint.route.equals(route))
                .findFirst();
    }

    SeedreamVersion version() {
        return version;
    }

    /** The field of the references. */
    String references() {
        return references;
    }

    int mostReferences() {
        return mostReferences;
    }

    /** Whether it takes the older fields. */
    boolean legacy() {
        return legacy;
    }
}
