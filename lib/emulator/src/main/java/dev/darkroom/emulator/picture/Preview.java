package dev.darkroom.emulator.picture;

/**
 * A picture on its way: coarse and noisy first, then finer.
 *
 * <p>The final picture, averaged over squares which halve from one preview to the next and joined smoothly, under
 * noise which fades. Each preview is nearer to the final picture than the one before it.
 */
final class Preview {

    private static final int COARSEST = 26;

    private final Canvas last;
    private final int cell;
    private final double grain;
    private final double[] cells;
    private final int across;

    private Preview(Canvas last, int index, int of) {
        this.last = last;
        double progress = (index + 1.0) / (of + 1.0);
        int shorter = Math.min(last.width(), last.height());
        this.cell = Math.max(2, (int) (shorter / (COARSEST * (1 + 5 * progress * progress))));
        this.grain = 74 * (1 - progress);
        this.across = last.width() / cell + 2;
        this.cells = new double[across * (last.height() / cell + 2) * 3];
    }

    static Canvas of(Canvas last, int index, int of) {
        var preview = new Preview(last, index, of);
        preview.average();
        return preview.draw(new Noise(index * 7919L + 1));
    }

    private void average() {
        var counts = new int[cells.length / 3];
        for (int y = 0; y < last.height(); y++) {
            for (int x = 0; x < last.width(); x++) {
                int slot = y / cell * across + x / cell;
                int rgb = last.at(x, y);
                counts[slot]++;
                cells[slot * 3] += Canvas.red(rgb);
                cells[slot * 3 + 1] += Canvas.green(rgb);
                cells[slot * 3 + 2] += Canvas.blue(rgb);
            }
        }
        for (int i = 0; i < cells.length; i++) {
            cells[i] /= Math.max(1, counts[i / 3]);
        }
        int rows = (last.height() - 1) / cell + 1;
        int columns = (last.width() - 1) / cell + 1;
        repeatEdges(rows, columns);
    }

    private void repeatEdges(int rows, int columns) {
        int allRows = cells.length / 3 / across;
        for (int row = 0; row < allRows; row++) {
            for (int column = 0; column < across; column++) {
                int from = Math.min(row, rows - 1) * across + Math.min(column, columns - 1);
                System.arraycopy(cells, from * 3, cells, (row * across + column) * 3, 3);
            }
        }
    }

    private Canvas draw(Noise noise) {
        var canvas = new Canvas(last.width(), last.height());
        for (int y = 0; y < last.height() && !Thread.currentThread().isInterrupted(); y++) {
            double fy = Math.max(0, (y + 0.5) / cell - 0.5);
            for (int x = 0; x < last.width(); x++) {
                double fx = Math.max(0, (x + 0.5) / cell - 0.5);
                double coarse = (noise.value(x >> 1, y >> 1) - 0.5) * grain;
                canvas.set(
                        x,
                        y,
                        channel(fx, fy, 0) + coarse + (noise.value(x, y) - 0.5) * grain,
                        channel(fx, fy, 1) + coarse + (noise.value(x + 7777, y) - 0.5) * grain,
                        channel(fx, fy, 2) + coarse + (noise.value(x, y + 7777) - 0.5) * grain);
            }
        }
        return canvas;
    }

    private double channel(double fx, double fy, int channel) {
        int column = (int) fx;
        int row = (int) fy;
        double sx = fx - column;
        double sy = fy - row;
        int at = (row * across + column) * 3 + channel;
        double top = cells[at] + (cells[at + 3] - cells[at]) * sx;
        int below = at + across * 3;
        double foot = cells[below] + (cells[below + 3] - cells[below]) * sx;
        return top + (foot - top) * sy;
    }
}
