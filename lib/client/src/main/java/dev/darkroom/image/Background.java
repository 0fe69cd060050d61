package dev.darkroom.image;

/**
 * What is behind the subject. Open: gateways keep adding values.
 *
 * @param value the value as it goes on the wire, not blank
 */
public record Background(String value) {

    /** {@code auto}. */
    public static final Background AUTO = of("auto");

    /** {@code transparent}. */
    public static final Background TRANSPARENT = of("transparent");

    /** {@code opaque}. */
    public static final Background OPAQUE = of("opaque");

    /**
     * Refuses a blank value.
     *
     * @param value the value as it goes on the wire, not blank
     */
    public Background {
        OpenValue.requireText("background", value);
    }

    /**
     * Any value, also one which is not listed here.
     *
     * @param value the value as it goes on the wire, not blank
     * @return the background
     * @throws IllegalArgumentException if the value is blank
     */
    public static Background of(String value) {
        return new Background(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
