package dev.darkroom.emulator.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A picture to follow: its size, and its colours on a grid of 8 x 8. */
public final class Reference {

    static final int GRID = 8;
    private static final int ASSUMED_SIZE = 1024;
    private static final double VIVID = 1.3;

    private final int width;
    private final int height;
    private final List<Colour> colours;
    private final boolean picture;
    private final long fingerprint;

    private Reference(int width, int height, List<Colour> colours, boolean picture, long fingerprint) {
        this.width = width;
        this.height = height;
        this.colours = List.copyOf(colours);
        this.picture = picture;
        this.fingerprint = fingerprint;
    }

    /**
     * Reads a file.
     *
     * @param file png, jpeg, webp, gif or bmp
     * @return the picture, or empty if it cannot be read, or has more than 64 million pixels
     */
    public static Optional<Reference> decode(byte[] file) {
        return ImageFiles.thumbnail(file, GRID).map(small -> {
            var colours = new ArrayList<Colour>();
            long fingerprint = 17;
            for (int pixel : small.pixels()) {
                colours.add(Colour.of(pixel & 0xffffff));
                fingerprint = fingerprint * 31 + (pixel & 0xffffff);
            }
            return new Reference(small.width(), small.height(), colours, true, fingerprint);
        });
    }

    /**
     * Knows an address, and never fetches it.
     *
     * @param url the address
     * @return a picture of 1024 x 1024 pixels in colours chosen by the address
     */
    public static Reference known(String url) {
        var dice = new Dice(url.hashCode());
        var palette = dice.one(List.of(Mood.values())).palette().turned(dice.between(-0.5, 0.5));
        var bands = List.of(palette.zenith(), palette.sky(), palette.horizon(), palette.far(), palette.near());
        var colours = new ArrayList<Colour>();
        for (int i = 0; i < GRID * GRID; i++) {
            colours.add(bands.get(i / GRID * bands.size() / GRID));
        }
        return new Reference(ASSUMED_SIZE, ASSUMED_SIZE, colours, false, url.hashCode());
    }

    /**
     * Its width.
     *
     * @return in pixels
     */
    public int width() {
        return width;
    }

    /**
     * Its height.
     *
     * @return in pixels
     */
    public int height() {
        return height;
    }

    /**
     * Whether its pixels were seen.
     *
     * @return false if nothing but its address is known; then the address chose the colours
     */
    public boolean isPicture() {
        return picture;
    }

    /** Equal for equal pictures. */
    long fingerprint() {
        return fingerprint;
    }

    /** The colours of its upper, middle and lower third. */
    List<Colour> bands() {
        return List.of(average(0, 3), average(3, 5), average(5, GRID));
    }

    /** A palette after all those references, the first one counting most. */
    static Palette following(List<Reference> references, Palette own) {
        var palette = own;
        for (int i = references.size() - 1; i >= 0; i--) {
            palette = references.get(i).tinting(palette);
        }
        return palette;
    }

    /** A palette in this picture's colours: its light above, its darkest below, its liveliest for the sun. */
    private Palette tinting(Palette own) {
        var bands = bands();
        var lively = liveliest();
        return new Palette(
                own.zenith().mix(bands.get(0), 0.85).vivid(VIVID),
                own.sky().mix(bands.get(1), 0.8).vivid(VIVID),
                own.horizon().mix(bands.get(2), 0.6).vivid(VIVID),
                own.sun().mix(lively, 0.2),
                own.far().mix(lively.mix(bands.get(1), 0.5), 0.85).vivid(VIVID),
                own.near().mix(darkest().turned(0, -0.06), 0.8),
                own.light().mix(lively, 0.2),
                bands.get(0).lightness() < 0.35);
    }

    Colour darkest() {
        return colours.stream()
                .min((a, b) -> Double.compare(a.lightness(), b.lightness()))
                .orElseThrow();
    }

    Colour liveliest() {
        return colours.stream()
                .max((a, b) -> Double.compare(a.chroma(), b.chroma()))
                .orElseThrow();
    }

    private Colour average(int from, int to) {
        double red = 0;
        double green = 0;
        double blue = 0;
        int count = (to - from) * GRID;
        for (var colour : colours.subList(from * GRID, to * GRID)) {
            red += colour.red() / count;
            green += colour.green() / count;
            blue += colour.blue() / count;
        }
        return new Colour(red, green, blue);
    }
}
