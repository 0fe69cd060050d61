package dev.darkroom.cli;

import java.awt.image.BufferedImage;

/**
 * Pixels as text: each character shows two, one above the other, as a half block in true colour. What is more transparent
 * than not shows the terminal's own background.
 */
final class HalfBlocks {

    private static final String ESC = "\u001b[";
    private static final String RESET = ESC + "0m";
    private static final char UPPER = '▀';
    private static final char LOWER = '▄';
    private static final int HALF = 128;

    private final BufferedImage pixels;
    private final StringBuilder text = new StringBuilder();
    private String style = "";

    private HalfBlocks(BufferedImage pixels) {
        this.pixels = pixels;
    }

    /** One line of text for two rows of pixels; every line ends without colour. */
    static String[] lines(BufferedImage pixels) {
        var lines = new String[(pixels.getHeight() + 1) / 2];
        for (int row = 0; row < lines.length; row++) {
            lines[row] = new HalfBlocks(pixels).line(row * 2);
        }
        return lines;
    }

    private String line(int y) {
        for (int x = 0; x < pixels.getWidth(); x++) {
            character(pixels.getRGB(x, y), y + 1 < pixels.getHeight() ? pixels.getRGB(x, y + 1) : 0);
        }
        style("");
        return text.toString();
    }

    private void character(int upper, int lower) {
        if (isVisible(upper)) {
            style(isVisible(lower) ? colour(38, upper) + colour(48, lower) : colour(38, upper));
            text.append(UPPER);
        } else {
            style(isVisible(lower) ? colour(38, lower) : "");
            text.append(isVisible(lower) ? LOWER : ' ');
        }
    }

    /** Says only what changes: a picture has many equal neighbours, and a terminal is slow. */
    private void style(String next) {
        if (!next.equals(style)) {
            var losesBackground = style.contains("[48;") && !next.contains("[48;");
            text.append(next.isEmpty() || losesBackground ? RESET : "").append(next);
            style = next;
        }
    }

    private static boolean isVisible(int argb) {
        return argb >>> 24 >= HALF;
    }

    private static String colour(int ground, int rgb) {
        return ESC + ground + ";2;" + (rgb >> 16 & 0xff) + ";" + (rgb >> 8 & 0xff) + ";" + (rgb & 0xff) + "m";
    }
}
