package dev.darkroom.emulator.picture;

/** Cuts a picture to an oval with a soft edge: what is outside is transparent. */
final class Medallion {

    private static final double SIZE = 0.97;

    private Medallion() {}

    static Canvas cut(Canvas canvas) {
        var pixels = canvas.pixels().clone();
        double cx = canvas.width() / 2.0;
        double cy = canvas.height() / 2.0;
        double edge = Math.min(cx, cy) * 0.02 + 1;
        for (int y = 0; y < canvas.height(); y++) {
            double dy = (y + 0.5 - cy) / (cy * SIZE);
            for (int x = 0; x < canvas.width(); x++) {
                double dx = (x + 0.5 - cx) / (cx * SIZE);
                double inside = (1 - Math.sqrt(dx * dx + dy * dy)) * Math.min(cx, cy) / edge;
                int alpha = (int) (255 * Math.min(1, Math.max(0, inside)));
                int i = y * canvas.width() + x;
                pixels[i] = alpha == 0 ? 0 : (alpha << 24) | (pixels[i] & 0xffffff);
            }
        }
        return new Canvas(canvas.width(), canvas.height(), pixels);
    }
}
