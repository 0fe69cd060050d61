package dev.darkroom.emulator.picture;

import dev.darkroom.emulator.picture.Mark.Clouds;
import dev.darkroom.emulator.picture.Mark.Fill;
import dev.darkroom.emulator.picture.Mark.Glow;
import dev.darkroom.emulator.picture.Mark.Stars;
import dev.darkroom.emulator.picture.Mark.Water;

/**
 * Paints a scene, mark by mark, from back to front.
 *
 * <p>Stops early, with whatever there is, when its thread is interrupted: then nobody waits for the picture.
 */
final class Painter {

    private static final double GRAIN = 2.2;

    private final Scene scene;
    private final Canvas canvas;
    private final double unit;
    private final Noise noise;

    private Painter(Scene scene, int width, int height) {
        this.scene = scene;
        this.canvas = new Canvas(width, height);
        this.unit = Math.min(width, height);
        this.noise = new Noise(scene.seed());
    }

    static Canvas paint(Scene scene, int width, int height) {
        var painter = new Painter(scene, width, height);
        painter.sky();
        var brush = new Brush(painter.canvas, painter.unit);
        for (var mark : scene.marks()) {
            if (mark instanceof Fill fill) {
                brush.fill(fill);
            } else if (mark instanceof Glow glow) {
                painter.glow(glow);
            } else if (mark instanceof Clouds clouds) {
                painter.clouds(clouds);
            } else if (mark instanceof Stars stars) {
                painter.stars(stars);
            } else if (mark instanceof Water water) {
                painter.water(water);
            }
        }
        painter.finish();
        return painter.canvas;
    }

    private static boolean unwanted() {
        return Thread.currentThread().isInterrupted();
    }

    private void sky() {
        for (int y = 0; y < canvas.height() && !unwanted(); y++) {
            double share = Math.min(1, (y + 0.5) / (0.66 * canvas.height()));
            var colour = scene.skyAt(share);
            for (int x = 0; x < canvas.width(); x++) {
                canvas.set(x, y, colour.red(), colour.green(), colour.blue());
            }
        }
    }

    private void glow(Glow glow) {
        double reach = glow.reach() * 3.2;
        int top = Math.max(0, (int) ((glow.y() - reach) * unit));
        int foot = Math.min(canvas.height() - 1, (int) ((glow.y() + reach) * unit));
        int left = Math.max(0, (int) ((glow.x() - reach) * unit));
        int right = Math.min(canvas.width() - 1, (int) ((glow.x() + reach) * unit));
        for (int y = top; y <= foot && !unwanted(); y++) {
            double dy = (y + 0.5) / unit - glow.y();
            for (int x = left; x <= right; x++) {
                double dx = (x + 0.5) / unit - glow.x();
                double distance = Math.sqrt(dx * dx + dy * dy);
                double far = distance / glow.reach();
                double edge = Math.max(0, 1 - distance / reach);
                double light = glow.strength() * edge * edge / (1 + 5 * far * far);
                if (light > 0.002) {
                    canvas.shine(x, y, glow.colour(), light);
                }
                double core = (glow.core() - distance) * unit + 0.5;
                if (core > 0) {
                    canvas.blend(x, y, glow.colour(), Math.min(1, core));
                }
            }
        }
    }

    private void clouds(Clouds clouds) {
        int top = Math.max(0, (int) (clouds.from() * unit));
        int foot = Math.min(canvas.height(), (int) (clouds.to() * unit));
        double threshold = 0.72 - 0.4 * clouds.cover();
        double scale = 2.6;
        for (int y = top; y < foot && !unwanted(); y++) {
            double v = y / unit;
            double middle = 2 * (v - clouds.from()) / (clouds.to() - clouds.from()) - 1;
            double fade = 1 - middle * middle;
            for (int x = 0; x < canvas.width(); x++) {
                double u = x / unit;
                double drift = noise.at(u * 1.1 + 40, v * 1.1) * 0.5;
                double density = noise.layered(
                                (u + drift) * scale / Math.min(1.6, clouds.stretch()),
                                v * scale * Math.max(1, clouds.stretch() / 1.6) + drift,
                                4)
                        - threshold;
                if (density > 0) {
                    canvas.blend(x, y, clouds.colour(), Math.min(0.75, density * 2.6) * fade);
                }
            }
        }
    }

    private void stars(Stars stars) {
        int count = (int) (stars.count() * scene.width() * scene.height() * Math.min(1, unit / 400));
        for (int i = 0; i < count; i++) {
            double x = noise.value(i, 1) * scene.width();
            double height = noise.value(i, 2);
            double y = height * height * stars.to();
            double bright = noise.value(i, 3);
            double size = (0.0006 + 0.0016 * bright * bright * bright) * Math.min(2, Math.max(1, 700 / unit));
            glow(new Glow(x, y, size * 0.6, size * 1.6, scene.palette().sun(), 0.25 + 0.7 * bright));
        }
    }

    private void water(Water water) {
        int line = Math.max(1, (int) (water.y() * unit));
        for (int y = line; y < canvas.height() && !unwanted(); y++) {
            double depth = (y - line + 0.5) / Math.max(1, canvas.height() - line);
            double near = 0.15 + depth;
            double mirror = line - 1 - (y - line) * 1.15;
            for (int x = 0; x < canvas.width(); x++) {
                double u = x / unit;
                double ripple = noise.at(u * 9 / near, StrictMath.log(near) * 34) - 0.5;
                double fine = noise.at(u * 26 / near + 90, StrictMath.log(near) * 80) - 0.5;
                int sy = (int) Math.min(line - 1, Math.max(0, mirror + (ripple * 0.09 + fine * 0.03) * near * unit));
                int sx = (int) Math.min(canvas.width() - 1, Math.max(0, x + ripple * 0.05 * near * unit));
                int above = canvas.at(sx, sy);
                double own = 0.34 + 0.3 * depth + 0.12 * ripple;
                canvas.set(
                        x,
                        y,
                        Canvas.red(above) * (1 - own) + water.tint().red() * own,
                        Canvas.green(above) * (1 - own) + water.tint().green() * own,
                        Canvas.blue(above) * (1 - own) + water.tint().blue() * own);
                double aside = (u - water.sunX()) / (0.05 + 0.17 * depth);
                double path = 1 / (1 + aside * aside * 2.2);
                double glitter = (ripple + 0.6 * fine) * 2.4 * path - 0.16;
                if (glitter > 0) {
                    canvas.shine(x, y, water.sun(), Math.min(0.8, glitter * 1.7) * (1 - 0.45 * depth));
                }
            }
        }
    }

    /** Darker corners, and the grain of film. */
    private void finish() {
        double cx = canvas.width() / 2.0;
        double cy = canvas.height() / 2.0;
        for (int y = 0; y < canvas.height() && !unwanted(); y++) {
            double dy = (y - cy) / cy;
            for (int x = 0; x < canvas.width(); x++) {
                double dx = (x - cx) / cx;
                double out = (dx * dx + dy * dy) / 2;
                double shade = 1 - 0.2 * out * out;
                double grain = (noise.value(x, y) - 0.5) * GRAIN;
                int rgb = canvas.at(x, y);
                canvas.set(
                        x,
                        y,
                        Canvas.red(rgb) * shade + grain,
                        Canvas.green(rgb) * shade + grain,
                        Canvas.blue(rgb) * shade + grain);
            }
        }
    }
}
