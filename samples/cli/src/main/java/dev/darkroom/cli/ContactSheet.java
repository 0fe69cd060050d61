package dev.darkroom.cli;

import dev.darkroom.image.GeneratedImage;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** The newest picture of every image of a request, side by side, scaled to fit. */
final class ContactSheet {

    private static final int GAP = 2;

    private final Map<Integer, BufferedImage> pictures = new HashMap<>();
    private int images;

    ContactSheet(int images) {
        this.images = images;
        ImageIO.setUseCache(false); // the bytes are in memory already
    }

    boolean isEmpty() {
        return pictures.isEmpty();
    }

    /** False if no reader on the class path can make a picture of it. */
    boolean add(GeneratedImage image) {
        if (!image.isLoaded()) {
            return false;
        }
        try {
            var picture = ImageIO.read(image.asInputStream());
            if (picture == null) {
                return false;
            }
            pictures.put(image.index(), picture);
            images = Math.max(images, image.index() + 1);
            return true;
        } catch (IOException | RuntimeException e) { // readers of foreign formats throw what they like
            return false;
        }
    }

    /** Pixels for an area; as large as the pictures allow, never larger than they are. */
    BufferedImage paint(int width, int height) {
        var grid = Grid.fitting(pictures.values().iterator().next(), images, width, height);
        var sheet = new BufferedImage(grid.width(), grid.height(), BufferedImage.TYPE_INT_ARGB);
        var graphics = sheet.createGraphics();
        pictures.forEach((index, picture) -> graphics.drawImage(
                shrunk(picture, grid.cellWidth, grid.cellHeight), grid.x(index), grid.y(index), null));
        graphics.dispose();
        return sheet;
    }

    /** By halves: a bilinear step over more than two pixels would skip some. */
    private static BufferedImage shrunk(BufferedImage picture, int width, int height) {
        var current = picture;
        do {
            current = scaled(
                    current,
                    Math.max(width, (current.getWidth() + 1) / 2),
                    Math.max(height, (current.getHeight() + 1) / 2));
        } while (current.getWidth() > width || current.getHeight() > height);
        return current;
    }

    private static BufferedImage scaled(BufferedImage picture, int width, int height) {
        var result = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, width, height, null);
        graphics.dispose();
        return result;
    }

    /** Equal cells, in as many columns as make them largest. */
    private record Grid(int columns, int rows, int cellWidth, int cellHeight) {

        static Grid fitting(BufferedImage picture, int images, int width, int height) {
            var best = fitting(picture, images, 1, width, height);
            for (int columns = 2; columns <= images; columns++) {
                var next = fitting(picture, images, columns, width, height);
                best = next.cellWidth > best.cellWidth ? next : best;
            }
            return best;
        }

        private static Grid fitting(BufferedImage picture, int images, int columns, int width, int height) {
            var rows = (images + columns - 1) / columns;
            var across = (width - GAP * (columns - 1)) / (double) columns;
            var down = (height - GAP * (rows - 1)) / (double) rows;
            var scale = Math.min(1, Math.min(across / picture.getWidth(), down / picture.getHeight()));
            return new Grid(columns, rows, Math.max(1, (int) (picture.getWidth() * scale)), Math.max(1, (int)
                    (picture.getHeight() * scale)));
        }

        int width() {
            return columns * (cellWidth + GAP) - GAP;
        }

        int height() {
            return rows * (cellHeight + GAP) - GAP;
        }

        int x(int index) {
            return index % columns * (cellWidth + GAP);
        }

        int y(int index) {
            return index / columns * (cellHeight + GAP);
        }
    }
}
