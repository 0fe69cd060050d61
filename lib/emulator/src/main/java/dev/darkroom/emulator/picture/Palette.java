package dev.darkroom.emulator.picture;

import java.util.List;

/**
 * The colours of one picture.
 *
 * @param zenith the sky's top
 * @param sky its middle
 * @param horizon its foot, and the haze before distant things
 * @param sun the sun, or the moon
 * @param far the most distant land
 * @param near the nearest
 * @param light lamps and windows
 * @param dark whether stars show
 */
record Palette(
        Colour zenith, Colour sky, Colour horizon, Colour sun, Colour far, Colour near, Colour light, boolean dark) {

    private static final double VIVID = 1.3;

    /** A neighbour of this palette. */
    Palette turned(double radians) {
        return new Palette(
                zenith.turned(radians, 0),
                sky.turned(radians, 0),
                horizon.turned(radians * 0.6, 0),
                sun,
                far.turned(radians, 0),
                near.turned(radians, 0),
                light,
                dark);
    }

    /** This palette in another picture's colours: its light above, its darkest below, its liveliest for the sun. */
    Palette following(Reference reference) {
        var bands = reference.bands();
        var dusk = reference.darkest();
        var lively = reference.liveliest();
        return new Palette(
                zenith.mix(bands.get(0), 0.85).vivid(VIVID),
                sky.mix(bands.get(1), 0.8).vivid(VIVID),
                horizon.mix(bands.get(2), 0.6).vivid(VIVID),
                sun.mix(lively, 0.2),
                far.mix(lively.mix(bands.get(1), 0.5), 0.85).vivid(VIVID),
                near.mix(dusk.turned(0, -0.06), 0.8),
                light.mix(lively, 0.2),
                bands.get(0).lightness() < 0.35);
    }

    /** This palette after all those references, the first one counting most. */
    Palette following(List<Reference> references) {
        var palette = this;
        for (int i = references.size() - 1; i >= 0; i--) {
            palette = palette.following(references.get(i));
        }
        return palette;
    }
}
