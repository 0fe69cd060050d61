package dev.darkroom.emulator.picture;

import dev.darkroom.emulator.picture.Mark.Fill;
import dev.darkroom.emulator.picture.Mark.Glow;
import java.util.ArrayList;
import java.util.List;

/**
 * Small things which give a landscape its scale. Each stands on a point, at a size in units.
 *
 * @param palette the colours
 * @param dice the choices
 */
record Things(Palette palette, Dice dice) {

    List<Mark> lighthouse(double x, double y, double size) {
        var marks = new ArrayList<Mark>();
        var dark = palette.near();
        var wall = palette.near().mix(palette.horizon(), 0.55);
        double lampY = y - 0.87 * size;
        var beam = palette.light();
        marks.add(new Fill(Outline.of(x, lampY, size, 0, -0.02, -9, -1.3, -9, 0.15, 0, 0.02), beam, beam, 0, 1, 0.17));
        marks.add(new Fill(Outline.of(x, lampY, size, 0, -0.02, 9, -0.9, 9, 0.3, 0, 0.02), beam, beam, 0, 1, 0.1));
        marks.add(Fill.flat(Outline.of(x, y, size, -0.13, 0, -0.075, -0.8, 0.075, -0.8, 0.13, 0), wall));
        for (int band = 0; band < 3; band++) {
            double low = 0.12 + band * 0.24;
            double high = low + 0.12;
            double wideLow = 0.13 - 0.055 * low / 0.8;
            double wideHigh = 0.13 - 0.055 * high / 0.8;
            marks.add(Fill.flat(
                    Outline.of(x, y, size, -wideLow, -low, -wideHigh, -high, wideHigh, -high, wideLow, -low), dark));
        }
        marks.add(Fill.flat(Outline.of(x, y, size, -0.11, -0.8, -0.11, -0.83, 0.11, -0.83, 0.11, -0.8), dark));
        marks.add(Fill.flat(
                Outline.of(x, y, size, -0.06, -0.83, -0.06, -0.93, 0.06, -0.93, 0.06, -0.83), palette.light()));
        marks.add(Fill.flat(Outline.of(x, y, size, -0.08, -0.93, 0, -1.02, 0.08, -0.93), dark));
        marks.add(new Glow(x, lampY, 0, size * 0.35, palette.light(), 0.85));
        return marks;
    }

    List<Mark> boat(double x, double y, double size) {
        var sail = palette.horizon().mix(palette.sun(), 0.5);
        return List.of(
                Fill.flat(Outline.of(x, y, size, 0.02, -0.12, 0.02, -1, 0.45, -0.2), sail),
                Fill.flat(
                        Outline.of(x, y, size, -0.02, -0.12, -0.02, -0.85, -0.3, -0.2), sail.mix(palette.near(), 0.25)),
                Fill.flat(Outline.of(x, y, size, -0.4, -0.13, 0.5, -0.13, 0.36, 0.02, -0.3, 0.02), palette.near()));
    }

    List<Mark> balloon(double x, double y, double size) {
        var silk = palette.light().mix(palette.far(), 0.35);
        var stripe = palette.near().mix(palette.far(), 0.45);
        return List.of(
                Fill.flat(Outline.of(x, y, size, -0.34, 0.2, -0.08, 0.68, 0.08, 0.68, 0.34, 0.2), silk),
                Fill.flat(Outline.ellipse(x, y, size * 0.4, size * 0.42), silk),
                Fill.flat(Outline.ellipse(x, y, size * 0.22, size * 0.42), stripe),
                Fill.flat(Outline.of(x, y, size, -0.18, 0.2, -0.04, 0.68, 0.04, 0.68, 0.18, 0.2), stripe),
                Fill.flat(Outline.ellipse(x, y, size * 0.08, size * 0.42), silk),
                Fill.flat(Outline.of(x, y, size, -0.08, 0.76, -0.07, 0.9, 0.07, 0.9, 0.08, 0.76), palette.near()));
    }

    List<Mark> cabin(double x, double y, double size) {
        var wall = palette.near().turned(0, 0.04);
        return List.of(
                Fill.flat(Outline.of(x, y, size, -0.5, 0.1, -0.5, -0.45, 0, -0.85, 0.5, -0.45, 0.5, 0.1), wall),
                Fill.flat(
                        Outline.of(x, y, size, -0.62, -0.38, 0, -0.98, 0.62, -0.38, 0.55, -0.3, 0, -0.82, -0.55, -0.3),
                        palette.near().turned(0, -0.05)),
                Fill.flat(Outline.of(x, y, size, 0.22, -0.6, 0.22, -0.98, 0.34, -0.98, 0.34, -0.5), wall),
                Fill.flat(
                        Outline.of(x, y, size, -0.3, -0.35, -0.08, -0.35, -0.08, -0.12, -0.3, -0.12), palette.light()),
                Fill.flat(Outline.of(x, y, size, 0.1, -0.35, 0.32, -0.35, 0.32, -0.12, 0.1, -0.12), palette.light()),
                new Glow(x, y - 0.22 * size, 0, size * 0.9, palette.light(), 0.4));
    }

    List<Mark> birds(double x, double y, double size) {
        var marks = new ArrayList<Mark>();
        int flock = dice.between(4, 7);
        for (int i = 0; i < flock; i++) {
            double bx = x + (i - flock / 2.0) * size * dice.between(0.9, 1.5);
            double by = y + Math.abs(i - flock / 2.0) * size * dice.between(0.2, 0.5);
            double s = size * dice.between(0.5, 0.8);
            double lift = dice.between(0.25, 0.5);
            marks.add(Fill.flat(
                    Outline.of(
                            bx,
                            by,
                            s,
                            -1,
                            -lift,
                            -0.4,
                            -lift * 0.75,
                            0,
                            0.05,
                            0.4,
                            -lift * 0.75,
                            1,
                            -lift,
                            0.42,
                            -lift * 0.55,
                            0,
                            0.2,
                            -0.42,
                            -lift * 0.55),
                    palette.near()));
        }
        return marks;
    }

    List<Mark> roundTree(double x, double y, double size) {
        var crown = palette.near().mix(palette.far(), 0.2);
        return List.of(
                Fill.flat(Outline.of(x, y, size, -0.05, 0.05, -0.04, -0.5, 0.04, -0.5, 0.05, 0.05), palette.near()),
                Fill.flat(Outline.ellipse(x, y - 0.66 * size, size * 0.32, size * 0.36), crown),
                Fill.flat(
                        Outline.ellipse(x - 0.06 * size, y - 0.74 * size, size * 0.22, size * 0.24),
                        crown.mix(palette.horizon(), 0.16)));
    }

    List<Mark> planet(double x, double y, double size) {
        var marks = new ArrayList<Mark>();
        var body = palette.far().mix(palette.horizon(), 0.55);
        marks.add(new Glow(x, y, 0, size * 1.5, palette.horizon(), 0.5));
        marks.add(ring(x, y, size, Math.PI, palette.sun(), 0.6));
        marks.add(new Fill(Outline.ellipse(x, y, size, size), body, palette.near(), y - size * 0.7, y + size * 0.9, 1));
        for (int i = 0; i < 4; i++) {
            double band = dice.between(-0.6, 0.6);
            double half = Math.sqrt(1 - band * band) * 0.985;
            marks.add(new Fill(
                    Outline.ellipse(x, y + band * size, half * size, size * dice.between(0.02, 0.06)),
                    palette.sun(),
                    palette.zenith(),
                    y - size,
                    y + size,
                    0.16));
        }
        marks.add(ring(x, y, size, 0, palette.sun(), 0.75));
        return marks;
    }

    private static Fill ring(double x, double y, double size, double from, Colour colour, double opacity) {
        var outline = new Outline();
        int steps = 48;
        double tilt = -0.28;
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i <= steps; i++) {
                double angle = from + Math.PI * (side == 0 ? i : steps - i) / steps;
                double radius = size * (side == 0 ? 1.9 : 1.42);
                double across = radius * StrictMath.cos(angle);
                double down = radius * 0.24 * StrictMath.sin(angle);
                outline.to(x + across - down * tilt, y + down + across * tilt);
            }
        }
        return new Fill(outline, colour, colour, 0, 1, opacity);
    }
}
