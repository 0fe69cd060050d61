package dev.darkroom.emulator.gateway.openai;

import java.util.List;
import java.util.Optional;

/**
 * A model.
 *
 * @param id its name
 * @param created Unix seconds
 * @param sizes what sizes it takes
 * @param qualities what qualities it takes
 * @param fidelities what it takes for {@code input_fidelity}; none means that the parameter must be left out
 * @param transparent whether it can leave out the background
 */
record Model(
        String id, long created, Sizes sizes, List<String> qualities, List<String> fidelities, boolean transparent) {

    private static final List<String> FOUR = List.of("low", "medium", "high", "auto");
    private static final List<String> SIX = List.of("low", "medium", "high", "xhigh", "max", "auto");
    private static final List<String> BOTH = List.of("high", "low");

    /**
     * Those on offer by the SDK's word, and the emulator's own, which takes any size from 16 pixels on.
     *
     * <p>{@code gpt-image-2} refuses transparent backgrounds, as observed; the SDK calls them a preview.
     */
    static final List<Model> ALL = List.of(
            new Model("gpt-image-1-mini", 1_759_512_027, Sizes.CLASSIC, FOUR, List.of("low"), true),
            new Model("gpt-image-1.5", 1_765_000_000, Sizes.CLASSIC, FOUR, BOTH, true),
            new Model("chatgpt-image-latest", 1_765_000_001, Sizes.CLASSIC, FOUR, BOTH, true),
            new Model("gpt-image-2", 1_776_729_600, Sizes.FLEXIBLE, FOUR, List.of(), false),
            new Model("gpt-image-2-2026-04-21", 1_776_729_600, Sizes.FLEXIBLE, FOUR, List.of(), false),
            new Model("gpt-image-2.5-sunburst", 1_788_825_600, Sizes.FLEXIBLE, SIX, BOTH, true),
            new Model("gpt-image-2.5-sunburst-2026-09-08", 1_788_825_600, Sizes.FLEXIBLE, SIX, BOTH, true),
            new Model("gpt-image-2.5-flare", 1_788_825_600, Sizes.FLEXIBLE, SIX, BOTH, true),
            new Model("gpt-image-2.5-flare-2026-09-08", 1_788_825_600, Sizes.FLEXIBLE, SIX, BOTH, true),
            new Model("gpt-image-2.6-sunburst", 1_792_000_000, Sizes.FLEXIBLE, SIX, BOTH, true),
            new Model("gpt-image-2.6-flare", 1_792_000_000, Sizes.FLEXIBLE, SIX, BOTH, true),
            new Model("darkroom-studio", 1_795_000_000, Sizes.ANY, SIX, BOTH, true));

    static List<String> ids() {
        return ALL.stream().map(Model::id).toList();
    }

    static Optional<Model> find(String id) {
        return ALL.stream().filter(model -> model.id.equals(id)).findFirst();
    }
}
