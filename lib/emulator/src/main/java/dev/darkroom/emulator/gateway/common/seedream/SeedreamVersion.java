package dev.darkroom.emulator.gateway.common.seedream;

import java.util.List;

/**
 * A version of Seedream, and its limits.
 *
 * @see <a href="https://docs.byteplus.com/en/docs/ModelArk/1824121">BytePlus, image generation</a>
 */
public enum SeedreamVersion {
    /** 4.0. */
    V4_0("seedream-4-0", "1K,2K,4K", 921_600, 16_777_216, 14, true, false, true),
    /** 4.5. */
    V4_5("seedream-4-5", "2K,4K", 3_686_400, 16_777_216, 14, true, false, false),
    /** 5.0 lite. */
    V5_LITE("seedream-5-0-lite", "2K,3K,4K", 3_686_400, 16_777_216, 14, true, true, false),
    /** 5.0 pro, which neither streams nor makes groups. */
    V5_PRO("seedream-5-0-pro", "1K,1.5K,2K", 921_600, 4_624_220, 10, false, true, true);

    private final String title;
    private final String tiers;
    private final long fewest;
    private final long most;
    private final int references;
    private final boolean groups;
    private final boolean formats;
    private final boolean fast;

    SeedreamVersion(
            String title,
            String tiers,
            long fewest,
            long most,
            int references,
            boolean groups,
            boolean formats,
            boolean fast) {
        this.title = title;
        this.tiers = tiers;
        this.fewest = fewest;
        this.most = most;
        this.references = references;
        this.groups = groups;
        this.formats = formats;
        this.fast = fast;
    }

    /**
     * Its name, as error messages say it.
     *
     * @return such as {@code seedream-4-5}
     */
    public String title() {
        return title;
    }

    /**
     * The sizes it has names for.
     *
     * @return such as {@code 2K}
     */
    public List<String> tiers() {
        return List.of(tiers.split(","));
    }

    /**
     * The smallest image.
     *
     * @return in pixels
     */
    public long fewestPixels() {
        return fewest;
    }

    /**
     * The largest image.
     *
     * @return in pixels
     */
    public long mostPixels() {
        return most;
    }

    /**
     * How many references it takes.
     *
     * @return at most
     */
    public int references() {
        return references;
    }

    /**
     * Whether it makes groups, and streams.
     *
     * @return false if neither
     */
    public boolean groups() {
        return groups;
    }

    /**
     * What files it makes.
     *
     * @return words for {@code output_format}, the usual one first
     */
    public List<String> formats() {
        return formats ? List.of("jpeg", "png") : List.of("jpeg");
    }

    /**
     * How it improves prompts.
     *
     * @return words for {@code optimize_prompt_options.mode}
     */
    public List<String> modes() {
        return fast ? List.of("standard", "fast") : List.of("standard");
    }
}
