package dev.darkroom.image;

/**
 * Width to height, such as {@code 16:9}. Open: gateways keep adding values.
 *
 * @param value the value as it goes on the wire, not blank
 */
public record AspectRatio(String value) {

    /** {@code auto}. */
    public static final AspectRatio AUTO = of("auto");

    /** {@code 1:1}. */
    public static final AspectRatio SQUARE = of("1:1");

    /** {@code 4:3}. */
    public static final AspectRatio LANDSCAPE_4_3 = of("4:3");

    /** {@code 3:4}. */
    public static final AspectRatio PORTRAIT_3_4 = of("3:4");

    /** {@code 3:2}. */
    public static final AspectRatio LANDSCAPE_3_2 = of("3:2");

    /** {@code 2:3}. */
    public static final AspectRatio PORTRAIT_2_3 = of("2:3");

    /** {@code 16:9}. */
    public static final AspectRatio LANDSCAPE_16_9 = of("16:9");

    /** {@code 9:16}. */
    public static final AspectRatio PORTRAIT_9_16 = of("9:16");

    /** {@code 21:9}. */
    public static final AspectRatio ULTRAWIDE_21_9 = of("21:9");

    /**
     * Refuses a blank value.
     *
     * @param value the value as it goes on the wire, not blank
     */
    public AspectRatio {
        OpenValue.requireText("aspect ratio", value);
    }

    /**
     * Any value, also one which is not listed here.
     *
     * @param value the value as it goes on the wire, not blank
     * @return the aspect ratio
     * @throws IllegalArgumentException if the value is blank
     */
    public static AspectRatio of(String value) {
        return new AspectRatio(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
