package dev.darkroom.image;

/**
 * How much effort is spent. Open: gateways keep adding values; those that have no such option refuse it, as any.
 *
 * @param value the value as it goes on the wire, not blank
 */
public record Quality(String value) {

    /** {@code auto}. */
    public static final Quality AUTO = of("auto");

    /** {@code low}. */
    public static final Quality LOW = of("low");

    /** {@code medium}. */
    public static final Quality MEDIUM = of("medium");

    /** {@code high}. */
    public static final Quality HIGH = of("high");

    /** {@code xhigh}. */
    public static final Quality XHIGH = of("xhigh");

    /** {@code max}. */
    public static final Quality MAX = of("max");

    /**
     * Refuses a blank value.
     *
     * @param value the value as it goes on the wire, not blank
     */
    public Quality {
        OpenValue.requireText("quality", value);
    }

    /**
     * Any value, also one which is not listed here.
     *
     * @param value the value as it goes on the wire, not blank
     * @return the quality
     * @throws IllegalArgumentException if the value is blank
     */
    public static Quality of(String value) {
        return new Quality(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
