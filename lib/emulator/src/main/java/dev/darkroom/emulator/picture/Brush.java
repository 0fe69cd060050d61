package dev.darkroom.emulator.picture;

import java.util.Arrays;

/**
 * Fills polygons, smooth at their edges.
 *
 * <p>Four lines of sight per row, exact across; overlaps of a polygon with itself are filled (non-zero winding).
 */
final class Brush {

    private static final int LINES = 4;

    private final Canvas canvas;
    private final double unit;
    private final float[] coverage;
    private double[] crossings = new double[64];
    private int[] windings = new int[64];

    Brush(Canvas canvas, double unit) {
        this.canvas = canvas;
        this.unit = unit;
        this.coverage = new float[canvas.width() + 2];
    }

    void fill(Mark.Fill fill) {
        var outline = fill.outline();
        int first = Math.max(0, (int) Math.floor(outline.top() * unit));
        int last = Math.min(canvas.height() - 1, (int) Math.ceil(outline.foot() * unit));
        for (int y = first; y <= last && !Thread.currentThread().isInterrupted(); y++) {
            Arrays.fill(coverage, 0);
            for (int line = 0; line < LINES; line++) {
                sweep(outline, y + (line + 0.5) / LINES);
            }
            double share = (y / unit - fill.from()) / (fill.to() - fill.from());
            paint(y, fill.top().mix(fill.bottom(), Math.min(1, Math.max(0, share))), fill.opacity() / LINES);
        }
    }

    private void sweep(Outline outline, double y) {
        int count = 0;
        int corners = outline.corners();
        double at = y / unit;
        for (int i = 0, j = corners - 1; i < corners; j = i++) {
            double y0 = outline.y(j);
            double y1 = outline.y(i);
            if (y0 <= at != y1 <= at) {
                count = insert(
                        count,
                        (outline.x(j) + (at - y0) / (y1 - y0) * (outline.x(i) - outline.x(j))) * unit,
                        y1 > y0 ? 1 : -1);
            }
        }
        int winding = 0;
        for (int i = 0; i + 1 < count; i++) {
            winding += windings[i];
            if (winding != 0) {
                cover(crossings[i], crossings[i + 1]);
            }
        }
    }

    private int insert(int count, double x, int winding) {
        if (count == crossings.length) {
            crossings = Arrays.copyOf(crossings, count * 2);
            windings = Arrays.copyOf(windings, count * 2);
        }
        int place = count;
        while (place > 0 && crossings[place - 1] > x) {
            crossings[place] = crossings[place - 1];
            windings[place] = windings[place - 1];
            place--;
        }
        crossings[place] = x;
        windings[place] = winding;
        return count + 1;
    }

    private void cover(double from, double to) {
        double start = Math.max(0, from);
        double end = Math.min(canvas.width(), to);
        if (end <= start) {
            return;
        }
        int first = (int) start;
        int last = (int) end;
        if (first == last) {
            coverage[first] += (float) (end - start);
            return;
        }
        coverage[first] += (float) (first + 1 - start);
        for (int x = first + 1; x < last; x++) {
            coverage[x] += 1;
        }
        coverage[last] += (float) (end - last);
    }

    private void paint(int y, Colour colour, double weight) {
        for (int x = 0; x < canvas.width(); x++) {
            if (coverage[x] > 0) {
                canvas.blend(x, y, colour, Math.min(1, coverage[x] * weight));
            }
        }
    }
}
