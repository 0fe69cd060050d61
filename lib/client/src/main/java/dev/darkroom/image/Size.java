package dev.darkroom.image;

import java.util.regex.Pattern;

/**
 * How large, either exactly in pixels ({@code 1536x1024}) or as a tier ({@code 2K}). Open: any text is accepted, and
 * only what has the form {@code WIDTHxHEIGHT} counts as pixels.
 *
 * @param value the value as it goes on the wire, not blank
 */
public record Size(String value) {

    private static final Pattern PIXELS = Pattern.compile("([1-9][0-9]{0,5})x([1-9][0-9]{0,5})");

    /**
     * Refuses a blank value.
     *
     * @param value the value as it goes on the wire, not blank
     */
    public Size {
        OpenValue.requireText("size", value);
    }

    /**
     * Any size.
     *
     * @param value pixels ({@code 1024x1024}) or a tier ({@code 2K})
     * @return the size
     * @throws IllegalArgumentException if the value is blank
     */
    public static Size of(String value) {
        return new Size(value);
    }

    /**
     * An exact size.
     *
     * @param width in pixels, 1 to 999,999
     * @param height in pixels, 1 to 999,999
     * @return the size
     * @throws IllegalArgumentException if a side is out of range
     */
    public static Size pixels(int width, int height) {
        var size = new Size(width + "x" + height);
        if (!size.isPixels()) {
            throw new IllegalArgumentException("size must be 1x1 to 999999x999999, not " + size);
        }
        return size;
    }

    /**
     * Whether this is an exact size rather than a tier.
     *
     * @return true if {@link #width()} and {@link #height()} may be asked
     */
    public boolean isPixels() {
        return PIXELS.matcher(value).matches();
    }

    /**
     * The width of an exact size.
     *
     * @return pixels
     * @throws IllegalStateException if this is a tier
     */
    public int width() {
        return side(1);
    }

    /**
     * The height of an exact size.
     *
     * @return pixels
     * @throws IllegalStateException if this is a tier
     */
    public int height() {
        return side(2);
    }

    private int side(int group) {
        var matcher = PIXELS.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalStateException("size " + value + " is a tier, not pixels");
        }
        return Integer.parseInt(matcher.group(group));
    }

    @Override
    public String toString() {
        return value;
    }
}
