package dev.darkroom.emulator.picture;

import dev.darkroom.emulator.picture.Mark.Clouds;
import dev.darkroom.emulator.picture.Mark.Fill;
import dev.darkroom.emulator.picture.Mark.Glow;
import dev.darkroom.emulator.picture.Mark.Stars;
import dev.darkroom.emulator.picture.Mark.Water;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scene as SVG.
 *
 * @param chunks the text in the order it is written, in pieces which end where an element ends
 */
public record Markup(List<String> chunks) {

    private static final int CHUNKS = 12;

    /** Copies the chunks. */
    public Markup {
        chunks = List.copyOf(chunks);
    }

    /**
     * All of it.
     *
     * @return a well-formed document
     */
    public String text() {
        return String.join("", chunks);
    }

    static Markup of(Scene scene, int width, int height) {
        var elements = new Writer(scene, width, height).elements();
        var chunks = new ArrayList<String>();
        int size = Math.max(1, (elements.size() + CHUNKS - 1) / CHUNKS);
        for (int i = 0; i < elements.size(); i += size) {
            chunks.add(String.join("", elements.subList(i, Math.min(elements.size(), i + size))));
        }
        return new Markup(chunks);
    }

    /** Writes elements; coordinates are the scene's, through a view box. */
    private static final class Writer {

        private final Scene scene;
        private final Noise noise;
        private final List<String> elements = new ArrayList<>();
        private int gradients;

        Writer(Scene scene, int width, int height) {
            this.scene = scene;
            this.noise = new Noise(scene.seed());
            add(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %.4f %.4f\">%n",
                    width, height, scene.width(), scene.height());
        }

        List<String> elements() {
            var palette = scene.palette();
            add(
                    "<defs><linearGradient id=\"sky\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\"><stop offset=\"0\" stop-color=\"%s\"/>"
                            + "<stop offset=\".33\" stop-color=\"%s\"/><stop offset=\".66\" stop-color=\"%s\"/>"
                            + "</linearGradient></defs>%n",
                    palette.zenith().hex(),
                    palette.sky().hex(),
                    palette.horizon().hex());
            add("<rect width=\"100%%\" height=\"100%%\" fill=\"url(#sky)\"/>%n");
            scene.marks().forEach(this::mark);
            add("</svg>%n");
            return elements;
        }

        private void mark(Mark mark) {
            if (mark instanceof Fill fill) {
                fill(fill);
            } else if (mark instanceof Glow glow) {
                glow(glow);
            } else if (mark instanceof Clouds clouds) {
                clouds(clouds);
            } else if (mark instanceof Stars stars) {
                stars(stars);
            } else if (mark instanceof Water water) {
                water(water);
            }
        }

        private void fill(Fill fill) {
            var path = new StringBuilder();
            var outline = fill.outline();
            for (int i = 0; i < outline.corners(); i++) {
                path.append(String.format(Locale.ROOT, "%s%.4f %.4f", i == 0 ? "M" : "L", outline.x(i), outline.y(i)));
            }
            String paint = fill.top().equals(fill.bottom()) ? fill.top().hex() : "url(#g" + gradients + ")";
            if (paint.startsWith("url")) {
                add(
                        "<linearGradient id=\"g%d\" gradientUnits=\"userSpaceOnUse\" x1=\"0\" y1=\"%.4f\" x2=\"0\" y2=\"%.4f\">"
                                + "<stop offset=\"0\" stop-color=\"%s\"/><stop offset=\"1\" stop-color=\"%s\"/></linearGradient>%n",
                        gradients++,
                        fill.from(),
                        fill.to(),
                        fill.top().hex(),
                        fill.bottom().hex());
            }
            add("<path d=\"%sZ\" fill=\"%s\" opacity=\"%.2f\"/>%n", path, paint, fill.opacity());
        }

        private void glow(Glow glow) {
            String colour = glow.colour().hex();
            add(
                    "<radialGradient id=\"g%d\"><stop offset=\"0\" stop-color=\"%s\" stop-opacity=\"%.2f\"/>"
                            + "<stop offset=\".35\" stop-color=\"%s\" stop-opacity=\"%.2f\"/>"
                            + "<stop offset=\"1\" stop-color=\"%s\" stop-opacity=\"0\"/></radialGradient>%n",
                    gradients, colour, glow.strength(), colour, glow.strength() * 0.3, colour);
            add(
                    "<circle cx=\"%.4f\" cy=\"%.4f\" r=\"%.4f\" fill=\"url(#g%d)\"/>%n",
                    glow.x(), glow.y(), glow.reach() * 2.4, gradients++);
            if (glow.core() > 0) {
                add(
                        "<circle cx=\"%.4f\" cy=\"%.4f\" r=\"%.4f\" fill=\"%s\"/>%n",
                        glow.x(), glow.y(), glow.core(), colour);
            }
        }

        private void clouds(Clouds clouds) {
            for (int i = 0; i < 14; i++) {
                double y = clouds.from() + noise.value(i, 11) * (clouds.to() - clouds.from());
                double across = 0.08 + 0.3 * noise.value(i, 12);
                add(
                        "<ellipse cx=\"%.4f\" cy=\"%.4f\" rx=\"%.4f\" ry=\"%.4f\" fill=\"%s\" opacity=\"%.2f\"/>%n",
                        noise.value(i, 13) * scene.width(),
                        y,
                        across,
                        across * 0.07,
                        clouds.colour().hex(),
                        0.12 + 0.2 * noise.value(i, 14));
            }
        }

        private void stars(Stars stars) {
            for (int i = 0; i < stars.count() / 3; i++) {
                double high = noise.value(i, 2);
                add(
                        "<circle cx=\"%.4f\" cy=\"%.4f\" r=\"%.4f\" fill=\"%s\"/>%n",
                        noise.value(i, 1) * scene.width(),
                        high * high * stars.to(),
                        0.0008 + 0.0018 * noise.value(i, 3),
                        scene.palette().sun().hex());
            }
        }

        private void water(Water water) {
            add(
                    "<rect y=\"%.4f\" width=\"100%%\" height=\"100%%\" fill=\"%s\" opacity=\".82\"/>%n",
                    water.y(), water.tint().hex());
            for (int i = 0; i < 40; i++) {
                double depth = noise.value(i, 21);
                double wide = 0.02 + 0.1 * noise.value(i, 22) * (0.3 + depth);
                double x = water.sunX() + (noise.value(i, 23) - 0.5) * (0.08 + 0.3 * depth);
                add(
                        "<rect x=\"%.4f\" y=\"%.4f\" width=\"%.4f\" height=\"%.4f\" rx=\".003\" fill=\"%s\" opacity=\"%.2f\"/>%n",
                        x - wide / 2,
                        water.y() + depth * (scene.height() - water.y()),
                        wide,
                        0.004 + 0.006 * depth,
                        water.sun().hex(),
                        0.25 + 0.4 * noise.value(i, 24));
            }
        }

        private void add(String format, Object... values) {
            elements.add(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
        }
    }
}
