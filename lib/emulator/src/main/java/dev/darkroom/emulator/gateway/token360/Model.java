package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.seedream.SeedreamVersion;
import dev.darkroom.emulator.picture.Format;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model.
 *
 * <p>The pages print one id, {@code dola-seedream-5.0-lite}, and name the others by title: their ids here are guesses in
 * the same spelling. {@code gemini-2.5-flash-image} fills {@code url} with bare base64, as one report says;
 * {@code darkroom-studio} is the emulator's own and takes everything.
 *
 * @param id its name
 * @param parameters what it takes beside {@code model}, {@code prompt} and references
 * @param format of its files
 * @param base the side of a square of as many pixels as it makes unasked
 * @param seedream its version, if it is a Seedream: then it takes the vendor's own body, too
 * @param bareBase64 whether {@code url} is no URL
 */
record Model(
        String id,
        Set<String> parameters,
        Format format,
        int base,
        @Nullable SeedreamVersion seedream,
        boolean bareBase64) {

    private static final Set<String> SEEDREAM =
            Set.of("seed", "watermark", "response_format", "sequential_image_generation");
    private static final Set<String> ALL_PARAMETERS = Set.of(
            "n", "size", "response_format", "watermark", "seed", "sequential_image_generation", "quality", "ratio");

    private static final List<Model> ALL = List.of(
            new Model(
                    "dola-seedream-5.0-lite",
                    Set.of("seed", "watermark"),
                    Format.JPEG,
                    2048,
                    SeedreamVersion.V5_LITE,
                    false),
            new Model("seedream-4.5", SEEDREAM, Format.JPEG, 2048, SeedreamVersion.V4_5, false),
            new Model("seedream-4.0", SEEDREAM, Format.JPEG, 2048, SeedreamVersion.V4_0, false),
            new Model("kling-image-o1", Set.of("n", "size"), Format.PNG, 1024, null, false),
            new Model("nano-banana-pro", Set.of("ratio", "quality"), Format.PNG, 1024, null, false),
            new Model("glm-image", Set.of(), Format.PNG, 1024, null, false),
            new Model("gemini-2.5-flash-image", Set.of(), Format.PNG, 1024, null, true),
            new Model("darkroom-studio", ALL_PARAMETERS, Format.PNG, 1024, null, false));

    static List<String> ids() {
        return ALL.stream().map(Model::id).toList();
    }

    static Optional<Model> find(String id) {
        return ALL.stream().filter(model -> model.id.equals(id)).findFirst();
    }

    static Set<String> allParameters() {
        return ALL_PARAMETERS;
    }
}
