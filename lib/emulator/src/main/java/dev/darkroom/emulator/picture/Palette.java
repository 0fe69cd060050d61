package dev.darkroom.emulator.picture;

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
}
