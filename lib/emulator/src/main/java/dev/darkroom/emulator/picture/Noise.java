package dev.darkroom.emulator.picture;

/**
 * Smooth noise: random values on a grid, and smooth passages between them.
 *
 * @param seed which noise
 */
record Noise(long seed) {

    /** 0 to 1. */
    double at(double x, double y) {
        double fx = Math.floor(x);
        double fy = Math.floor(y);
        int ix = (int) fx;
        int iy = (int) fy;
        double sx = smooth(x - fx);
        double sy = smooth(y - fy);
        double top = value(ix, iy) + (value(ix + 1, iy) - value(ix, iy)) * sx;
        double bottom = value(ix, iy + 1) + (value(ix + 1, iy + 1) - value(ix, iy + 1)) * sx;
        return top + (bottom - top) * sy;
    }

    /** Noise upon noise, each layer half as strong and twice as fine. About 0 to 1. */
    double layered(double x, double y, int layers) {
        double sum = 0;
        double weight = 0.5;
        double scale = 1;
        for (int i = 0; i < layers; i++) {
            sum += weight * at(x * scale + i * 17.3, y * scale - i * 9.1);
            weight *= 0.5;
            scale *= 2;
        }
        return sum / (1 - weight * 2);
    }

    /** A value for each point of the grid, 0 to 1. */
    double value(int x, int y) {
        long h = seed + x * 0x9e3779b97f4a7c15L + y * 0xc2b2ae3d27d4eb4fL;
        h = (h ^ (h >>> 29)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 32)) * 0x94d049bb133111ebL;
        return ((h ^ (h >>> 31)) >>> 40) * 0x1.0p-24;
    }

    private static double smooth(double t) {
        return t * t * (3 - 2 * t);
    }
}
