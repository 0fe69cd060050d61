package dev.darkroom.image;

/**
 * How large, as a tier: {@code 1K} is about a megapixel. Open: gateways keep adding values.
 *
 * @param value the value as it goes on the wire, not blank
 */
public record Resolution(String value) {

    /** {@code 512}. */
    public static final Resolution PX_512 = of("512");

    /** {@code 1K}. */
    public static final Resolution K1 = of("1K");

    /** {@code 2K}. */
    public static final Resolution K2 = of("2K");

    /** {@code 4K}. */
    public static final Resolution K4 = of("4K");

    /**
     * Refuses a blank value.
     *
     * @param value the value as it goes on the wire, not blank
     */
    public Resolution {
        OpenValue.requireText("resolution", value);
    }

    /**
     * Any value, also one which is not listed here.
     *
     * @param value the value as it goes on the wire, not blank
     * @return the resolution
     * @throws IllegalArgumentException if the value is blank
     */
    public static Resolution of(String value) {
        return new Resolution(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
