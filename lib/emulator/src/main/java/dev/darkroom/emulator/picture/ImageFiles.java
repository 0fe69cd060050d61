package dev.darkroom.emulator.picture;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.luciad.imageio.webp.WebPWriteParam;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Picture files, through {@code javax.imageio}; in memory, never through its disk cache. Blocks. */
final class ImageFiles {

    private static final long MOST_PIXELS = 64_000_000;

    private ImageFiles() {}

    /** Writes a file. Quality is 0 to 100, for jpeg and webp. */
    static byte[] encode(Canvas canvas, boolean alpha, Format format, int quality) {
        var image = image(canvas, alpha && format != Format.JPEG);
        var bytes = new ByteArrayOutputStream(canvas.pixels().length);
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            var writer = writer(format);
            try {
                writer.setOutput(out);
                writer.write(null, new IIOImage(image, null, null), parameters(writer, format, quality));
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: the stream is an array
        }
        return bytes.toByteArray();
    }

    /** A file's size, and its pixels on a small square grid; or nothing if it cannot be read. */
    static Optional<Thumbnail> thumbnail(byte[] file, int grid) {
        return decode(file).map(image -> thumbnail(image, grid));
    }

    /** A file's pixels; or nothing if it cannot be read. */
    static Optional<Read> read(byte[] file) {
        return decode(file).map(image -> {
            int width = image.getWidth();
            int height = image.getHeight();
            var canvas = new Canvas(width, height, image.getRGB(0, 0, width, height, null, 0, width));
            return new Read(canvas, image.getColorModel().hasAlpha());
        });
    }

    private static Optional<BufferedImage> decode(byte[] file) {
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            var reader = reader(file, in);
            if (reader.isEmpty()) {
                return Optional.empty();
            }
            try {
                return decode(reader.get(), in);
            } finally {
                reader.get().dispose();
            }
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // not a picture, or a broken one: readers throw what they like
        }
    }

    private static Optional<BufferedImage> decode(ImageReader reader, MemoryCacheImageInputStream in)
            throws IOException {
        reader.setInput(in);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
            return Optional.empty();
        }
        return Optional.of(reader.read(0));
    }

    private static Thumbnail thumbnail(BufferedImage image, int grid) {
        int width = image.getWidth();
        int height = image.getHeight();
        var pixels = new int[grid * grid];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = average(
                    image,
                    i % grid * width / grid,
                    i / grid * height / grid,
                    Math.max(1, width / grid),
                    Math.max(1, height / grid));
        }
        return new Thumbnail(width, height, pixels);
    }

    private static int average(BufferedImage image, int x, int y, int wide, int high) {
        int samples = 8;
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = 0; i < samples * samples; i++) {
            int rgb = image.getRGB(x + i % samples * wide / samples, y + i / samples * high / samples);
            red += Canvas.red(rgb);
            green += Canvas.green(rgb);
            blue += Canvas.blue(rgb);
        }
        int all = samples * samples;
        return ((red / all) << 16) | ((green / all) << 8) | (blue / all);
    }

    private static Optional<ImageReader> reader(byte[] file, MemoryCacheImageInputStream in) throws IOException {
        boolean webp = file.length > 12 && file[0] == 'R' && file[1] == 'I' && file[8] == 'W' && file[9] == 'E';
        if (webp) {
            return Optional.of(new WebPImageReaderSpi().createReaderInstance());
        }
        var readers = ImageIO.getImageReaders(in);
        return readers.hasNext() ? Optional.of(readers.next()) : Optional.empty();
    }

    private static BufferedImage image(Canvas canvas, boolean alpha) {
        var image = new BufferedImage(
                canvas.width(), canvas.height(), alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, canvas.width(), canvas.height(), canvas.pixels());
        return image;
    }

    private static ImageWriter writer(Format format) throws IOException {
        return format == Format.WEBP
                ? new WebPImageWriterSpi().createWriterInstance(null)
                : ImageIO.getImageWritersByFormatName(format.name()).next();
    }

    private static ImageWriteParam parameters(ImageWriter writer, Format format, int quality) {
        var parameters = writer.getDefaultWriteParam();
        if (format == Format.PNG || format == Format.GIF) {
            return parameters;
        }
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        if (parameters instanceof WebPWriteParam webp) {
            webp.setCompressionType(webp.getCompressionTypes()[WebPWriteParam.LOSSY_COMPRESSION]);
            webp.setMethod(2);
        }
        parameters.setCompressionQuality(quality / 100f);
        return parameters;
    }

    /**
     * A file's content.
     *
     * @param canvas its pixels
     * @param alpha whether it can be transparent
     */
    record Read(Canvas canvas, boolean alpha) {}

    /**
     * A small copy.
     *
     * @param width of the original
     * @param height of the original
     * @param pixels of the copy
     */
    @SuppressWarnings("ArrayRecordComponent") // 64 numbers, read once
    record Thumbnail(int width, int height, int[] pixels) {}
}
