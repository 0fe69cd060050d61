package dev.darkroom.emulator.ark;

import dev.darkroom.emulator.seedream.Version;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The models' ids: those of BytePlus, and with {@code doubao-} those of Volcano Engine. */
final class Models {

    private static final Map<String, Version> ALL = Map.ofEntries(
            Map.entry("seedream-4-0-250828", Version.V4_0),
            Map.entry("doubao-seedream-4-0-250828", Version.V4_0),
            Map.entry("seedream-4-5-251128", Version.V4_5),
            Map.entry("doubao-seedream-4-5-251128", Version.V4_5),
            Map.entry("seedream-5-0-260128", Version.V5_LITE),
            Map.entry("seedream-5-0-lite-260128", Version.V5_LITE),
            Map.entry("doubao-seedream-5-0-260128", Version.V5_LITE),
            Map.entry("doubao-seedream-5-0-lite-260128", Version.V5_LITE),
            Map.entry("dola-seedream-5-0-pro-260628", Version.V5_PRO),
            Map.entry("doubao-seedream-5-0-pro-260628", Version.V5_PRO));
    private static final Pattern DATE = Pattern.compile("-\\d{6}$");

    private Models() {}

    static Optional<Version> find(String id) {
        return Optional.ofNullable(ALL.get(id));
    }

    /** As a document echoes it; a stream echoes the request's spelling. Measured, though the docs print it whole. */
    static String undated(String id) {
        return DATE.matcher(id).replaceFirst("");
    }
}
