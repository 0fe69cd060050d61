package dev.darkroom.emulator.gateway.common.openai;

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
 * @param formats what it can write
 * @param markup whether its edits follow what is drawn over an image
 */
public record Model(
        String id,
        long created,
        Sizes sizes,
        List<String> qualities,
        List<String> fidelities,
        boolean transparent,
        List<String> formats,
        boolean markup) {

    /** All files there are. */
    public static final List<String> FORMATS = List.of("png", "jpeg", "webp", "gif", "svg");

    private static final List<String> PIXELS = List.of("png", "jpeg", "webp");

    private static final List<String> FOUR = List.of("low", "medium", "high", "auto");
    private static final List<String> SIX = List.of("low", "medium", "high", "xhigh", "max", "auto");
    private static final List<String> BOTH = List.of("high", "low");

    /**
     * Those on offer by the SDK's word, and the emulator's own, which takes any size from 16 pixels on.
     *
     * <p>Which models move, write markup, and follow markup is a guess: those from 2.5 on. {@code gpt-image-2} refuses transparent backgrounds, as observed; the SDK calls them a preview.
     */
    public static final List<Model> ALL = List.of(
            still("gpt-image-1-mini", 1_759_512_027, Sizes.CLASSIC, FOUR, List.of("low"), true),
            still("gpt-image-1.5", 1_765_000_000, Sizes.CLASSIC, FOUR, BOTH, true),
            still("chatgpt-image-latest", 1_765_000_001, Sizes.CLASSIC, FOUR, BOTH, true),
            still("gpt-image-2", 1_776_729_600, Sizes.FLEXIBLE, FOUR, List.of(), false),
            still("gpt-image-2-2026-04-21", 1_776_729_600, Sizes.FLEXIBLE, FOUR, List.of(), false),
            versatile("gpt-image-2.5-sunburst", 1_788_825_600, Sizes.FLEXIBLE),
            versatile("gpt-image-2.5-sunburst-2026-09-08", 1_788_825_600, Sizes.FLEXIBLE),
            versatile("gpt-image-2.5-flare", 1_788_825_600, Sizes.FLEXIBLE),
            versatile("gpt-image-2.5-flare-2026-09-08", 1_788_825_600, Sizes.FLEXIBLE),
            versatile("gpt-image-2.6-sunburst", 1_792_000_000, Sizes.FLEXIBLE),
            versatile("gpt-image-2.6-flare", 1_792_000_000, Sizes.FLEXIBLE),
            versatile("darkroom-studio", 1_795_000_000, Sizes.ANY));

    /** A model which paints pixels alone. */
    private static Model still(
            String id,
            long created,
            Sizes sizes,
            List<String> qualities,
            List<String> fidelities,
            boolean transparent) {
        return new Model(id, created, sizes, qualities, fidelities, transparent, PIXELS, false);
    }

    private static Model versatile(String id, long created, Sizes sizes) {
        return new Model(id, created, sizes, SIX, BOTH, true, FORMATS, true);
    }

    /**
     * What a model makes of a prompt which it rewrites.
     *
     * @param prompt the user's
     * @return its own
     */
    public static String revised(String prompt) {
        return prompt + ", in soft light, with much detail";
    }

    /** Whether it rewrites prompts, and says so: no model of OpenAI's that is left does in this API. */
    boolean revises() {
        return id.equals("darkroom-studio");
    }

    /**
     * Their names.
     *
     * @return in the order of the list
     */
    public static List<String> ids() {
        return ALL.stream().map(Model::id).toList();
    }

    /**
     * The model of a name.
     *
     * @param id its name
     * @return the model, or empty
     */
    public static Optional<Model> find(String id) {
        return ALL.stream().filter(model -> model.id.equals(id)).findFirst();
    }
}
