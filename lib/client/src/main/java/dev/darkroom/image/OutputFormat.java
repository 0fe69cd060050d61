package dev.darkroom.image;

/**
 * How the image is encoded. Open: gateways keep adding values.
 *
 * @param value the value as it goes on the wire, not blank
 */
public record OutputFormat(String value) {

    /** {@code png}. */
    public static final OutputFormat PNG = of("png");

    /** {@code jpeg}. */
    public static final OutputFormat JPEG = of("jpeg");

    /** {@code webp}. */
    public static final OutputFormat WEBP = of("webp");

    /** {@code gif}, of several frames. */
    public static final OutputFormat GIF = of("gif");

    /** {@code svg}. */
    public static final OutputFormat SVG = of("svg");

    /**
     * Refuses a blank value.
     *
     * @param value the value as it goes on the wire, not blank
     */
    public OutputFormat {
        OpenValue.requireText("output format", value);
    }

    /**
     * Any value, also one which is not listed here.
     *
     * @param value the value as it goes on the wire, not blank
     * @return the output format
     * @throws IllegalArgumentException if the value is blank
     */
    public static OutputFormat of(String value) {
        return new OutputFormat(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
