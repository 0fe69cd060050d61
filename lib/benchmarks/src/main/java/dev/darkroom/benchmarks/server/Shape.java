package dev.darkroom.benchmarks.server;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What one answer holds: previews and then the final image. Both sides know it, so both know every byte.
 *
 * @param previews how many come before the final image
 * @param previewBytes the size of each of them, decoded
 * @param imageBytes the size of the final image, decoded
 */
public record Shape(int previews, int previewBytes, int imageBytes) {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** Previews as large as the final image. */
    public Shape(int previews, int imageBytes) {
        this(previews, imageBytes, imageBytes);
    }

    /** Reads what {@link #toString()} wrote. */
    public static Shape parse(String text) {
        var parts = text.split("x", 3);
        return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    /** Previews and final image. */
    public int images() {
        return previews + 1;
    }

    /** All images together. */
    public long decodedBytes() {
        return (long) previews * previewBytes + imageBytes;
    }

    /** The size of one image. */
    public int bytes(int index) {
        return index < previews ? previewBytes : imageBytes;
    }

    /** One image: the same for everyone who asks, incompressible, and a PNG to whom looks at its first bytes only. */
    public byte[] image(int index) {
        var image = new byte[bytes(index)];
        RandomGeneratorFactory.<RandomGenerator>of("SplittableRandom")
                .create(index)
                .nextBytes(image);
        System.arraycopy(PNG, 0, image, 0, PNG.length);
        return image;
    }

    @Override
    public String toString() {
        return previews + "x" + previewBytes + "x" + imageBytes;
    }
}
