package dev.darkroom.emulator.gateway.ark;

import dev.darkroom.emulator.gateway.common.seedream.SeedreamVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The models' ids: those of BytePlus, and with {@code doubao-} those of Volcano Engine. */
final class Models {

    private static final Map<String, SeedreamVersion> ALL = Map.ofEntries(
            Map.entry("seedream-4-0-250828", SeedreamVersion.V4_0),
            Map.entry("doubao-seedream-4-0-250828", SeedreamVersion.V4_0),
            Map.entry("seedream-4-5-251128", SeedreamVersion.V4_5),
            Map.entry("doubao-seedream-4-5-251128", SeedreamVersion.V4_5),
            Map.entry("seedream-5-0-260128", SeedreamVersion.V5_LITE),
            Map.entry("seedream-5-0-lite-260128", SeedreamVersion.V5_LITE),
            Map.entry("doubao-seedream-5-0-260128", SeedreamVersion.V5_LITE),
            Map.entry("doubao-seedream-5-0-lite-260128", SeedreamVersion.V5_LITE),
            Map.entry("dola-seedream-5-0-pro-260628", SeedreamVersion.V5_PRO),
            Map.entry("doubao-seedream-5-0-pro-260628", SeedreamVersion.V5_PRO));
    private static final Pattern DATE = Pattern.compile("-\\d{6}$");

    private Models() {}

    static List<String> ids() {
        return ALL.keySet().stream().sorted().toList();
    }

    static Optional<SeedreamVersion> find(String id) {
        return Optional.ofNullable(ALL.get(id));
    }

    /** As a document echoes it; a stream echoes the request's spelling. Measured, though the docs print it whole. */
    static String undated(String id) {
        return DATE.matcher(id).replaceFirst("");
    }
}
