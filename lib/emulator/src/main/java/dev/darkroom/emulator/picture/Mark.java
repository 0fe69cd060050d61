package dev.darkroom.emulator.picture;

/** Something drawn on the sky. Lengths are in units of the picture's shorter side, from its top left corner. */
sealed interface Mark {

    /**
     * A polygon, its colour fading downwards.
     *
     * @param outline its corners
     * @param top the colour at {@code from} and above
     * @param bottom the colour at {@code to} and below
     * @param from where the fading starts
     * @param to where it ends
     * @param opacity 0 to 1
     */
    record Fill(Outline outline, Colour top, Colour bottom, double from, double to, double opacity) implements Mark {
        static Fill flat(Outline outline, Colour colour) {
            return new Fill(outline, colour, colour, 0, 1, 1);
        }
    }

    /**
     * A shining disc: a hard core, if any, and light around it.
     *
     * @param x its centre
     * @param y its centre
     * @param core the radius of the core, 0 for none
     * @param reach where the light has lost most of its strength
     * @param colour the core's, and the light's
     * @param strength of the light, 0 to 1
     */
    record Glow(double x, double y, double core, double reach, Colour colour, double strength) implements Mark {}

    /**
     * Water from a line to the picture's foot, mirroring what is above.
     *
     * @param y the line
     * @param tint the water's own colour
     * @param sunX where the sun's path lies
     * @param sun the path's colour
     */
    record Water(double y, Colour tint, double sunX, Colour sun) implements Mark {}

    /**
     * Clouds, or curtains of light.
     *
     * @param colour theirs
     * @param cover 0 to 1, how much of the sky
     * @param from where they start
     * @param to where they end
     * @param stretch how much longer than high
     */
    record Clouds(Colour colour, double cover, double from, double to, double stretch) implements Mark {}

    /**
     * Stars.
     *
     * @param count how many for a square picture
     * @param to down to which height
     */
    record Stars(int count, double to) implements Mark {}
}
