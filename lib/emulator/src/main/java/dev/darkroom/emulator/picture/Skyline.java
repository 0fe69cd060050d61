package dev.darkroom.emulator.picture;

import dev.darkroom.emulator.picture.Mark.Fill;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of houses.
 *
 * @param width of the picture, in units
 * @param dice the choices
 * @param palette the colours
 */
record Skyline(double width, Dice dice, Palette palette) {

    private static final double PANE = 0.0085;

    /** A row standing on a line, the nearer the more windows shine. */
    List<Mark> row(double foot, double tallest, Colour colour, double depth, Colour haze) {
        var houses = new ArrayList<Mark>();
        var lights = new ArrayList<Mark>();
        for (double x = -0.03; x < width; ) {
            double wide = dice.between(0.05, 0.11);
            double middle = 1 - Math.abs(2 * (x + wide / 2) / width - 1);
            double high = tallest * (0.25 + 0.75 * dice.between(0.2, 1.0) * (0.45 + 0.55 * middle));
            houses.add(
                    new Fill(house(x, foot, wide, high), colour, colour.mix(haze, 0.45), foot - high, foot + 0.05, 1));
            windows(lights, x, foot, wide, high, depth);
            x += wide * dice.between(0.85, 1.15);
        }
        houses.addAll(lights);
        return houses;
    }

    private Outline house(double x, double foot, double wide, double high) {
        var outline = new Outline().to(x, foot).to(x, foot - high);
        switch (dice.between(0, 4)) {
            case 0 -> outline.to(x + wide * 0.5, foot - high - wide * 0.5);
            case 1 ->
                outline.to(x + wide * 0.25, foot - high)
                        .to(x + wide * 0.25, foot - high - wide * 0.35)
                        .to(x + wide * 0.75, foot - high - wide * 0.35)
                        .to(x + wide * 0.75, foot - high);
            case 2 ->
                outline.to(x + wide * 0.46, foot - high)
                        .to(x + wide * 0.5, foot - high - wide * 1.1)
                        .to(x + wide * 0.54, foot - high);
            default -> {}
        }
        return outline.to(x + wide, foot - high).to(x + wide, foot);
    }

    private void windows(List<Mark> lights, double x, double foot, double wide, double high, double depth) {
        double gap = PANE * 1.9;
        double lit = 0.12 + 0.3 * depth;
        for (double wy = foot - high + gap; wy < foot - gap; wy += gap * 1.15) {
            for (double wx = x + gap * 0.6; wx < x + wide - gap; wx += gap) {
                if (dice.chance(lit)) {
                    var pane = Outline.of(wx, wy, PANE, 0, 0, 1, 0, 1, 1.15, 0, 1.15);
                    double opacity = dice.between(0.35, 0.95) * (0.45 + 0.55 * depth);
                    lights.add(new Fill(pane, palette.light(), palette.light(), 0, 1, opacity));
                }
            }
        }
    }
}
