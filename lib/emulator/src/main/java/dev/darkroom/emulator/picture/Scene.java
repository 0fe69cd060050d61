package dev.darkroom.emulator.picture;

import java.util.List;

/**
 * A picture before it is drawn: what the pixels and the markup have in common.
 *
 * @param width in units of the shorter side, 1 or more
 * @param height likewise
 * @param palette the colours
 * @param marks what stands before the sky, from back to front
 * @param seed for the texture
 * @param plan what it shows, in a sentence
 */
record Scene(double width, double height, Palette palette, List<Mark> marks, long seed, String plan) {

    Colour skyAt(double share) {
        return share < 0.5
                ? palette.zenith().mix(palette.sky(), share * 2)
                : palette.sky().mix(palette.horizon(), share * 2 - 1);
    }
}
