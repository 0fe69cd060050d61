package dev.darkroom.benchmarks.server;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What one answer holds: previews and then the final image, all of one size. Both sides know it, so both know every byte.
 *
 * @param previews how many come before the final image
 * @param imageBytes the size of each image, decoded
 */
public record Shape(int previews, int imageBytes) {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** Reads what {@link #toString()} wrote. */
    public static Shape parse(String text) {
        var parts = text.split("x", 2);
        return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** Previews and final image. */
    public int images() {
        return previews + 1;
    }

    /** All images together. */
    public long decodedBytes() {
        return (long) images() * imageBytes;
    }

    /** One image: the same for everyone who asks, incompressible, and a PNG to whom looks at its first bytes only. */
    public byte[] image(int index) {
        var image = new byte[imageBytes];
        RandomGeneratorFactory.<RandomGenerator>of("SplittableRandom")
                .create(index)
                .nextBytes(image);
        System.arraycopy(PNG, 0, image, 0, PNG.length);
        return image;
    }

    @Override
    public String toString() {
        return previews + "x" + imageBytes;
    }
}
