package dev.darkroom.pipeline;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * The first pictures side by side in one PNG. Each is read for every so many pixels only, so that a large one costs little memory; one
 * that cannot be read here (a WebP without a reader on the class path, an SVG) is an empty frame.
 */
final class ContactSheet {

    /** More would be too small to be seen. */
    static final int MOST = 400;

    private static final int GAP = 4;
    private static final int LARGEST = 240;
    private static final int WIDEST = 2_000;

    private final RunFolder folder;
    private final List<String> files = new ArrayList<>();

    ContactSheet(RunFolder folder) {
        this.folder = folder;
    }

    void add(SavedPicture picture) {
        if (picture.file() != null && files.size() < MOST) {
            files.add(picture.file());
        }
    }

    /** False if there is nothing to show. */
    boolean write(Path png) throws IOException {
        if (files.isEmpty()) {
            return false;
        }
        var columns = (int) Math.ceil(Math.sqrt(files.size()));
        var rows = (files.size() + columns - 1) / columns;
        var side = Math.min(LARGEST, WIDEST / columns - GAP);
        var sheet = new BufferedImage(
                columns * (side + GAP) - GAP, rows * (side + GAP) - GAP, BufferedImage.TYPE_3BYTE_BGR);
        var graphics = sheet.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (var i = 0; i < files.size(); i++) {
            var x = i % columns * (side + GAP);
            var y = i / columns * (side + GAP);
            var picture = read(folder.resolve(files.get(i)), side);
            if (picture == null) {
                graphics.setColor(Color.LIGHT_GRAY);
                graphics.drawRect(x, y, side - 1, side - 1);
            } else {
                var scale = Math.min(1.0, side / (double) Math.max(picture.getWidth(), picture.getHeight()));
                var width = Math.max(1, (int) (picture.getWidth() * scale));
                var height = Math.max(1, (int) (picture.getHeight() * scale));
                graphics.drawImage(picture, x + (side - width) / 2, y + (side - height) / 2, width, height, null);
            }
        }
        graphics.dispose();
        return ImageIO.write(sheet, "png", png.toFile());
    }

    private static @Nullable BufferedImage read(Path file, int side) {
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            var readers = in == null ? null : ImageIO.getImageReaders(in);
            if (in == null || readers == null || !readers.hasNext()) {
                return null;
            }
            var reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return coarse(reader, side);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) { // readers of foreign formats throw what they like
            return null;
        }
    }

    /** Not coarser than twice what is needed: the rest is done smoothly. */
    private static BufferedImage coarse(ImageReader reader, int side) throws IOException {
        var step = Math.max(1, Math.min(reader.getWidth(0), reader.getHeight(0)) / (2 * side));
        var parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, parameters);
    }
}
