package dev.darkroom.cli;

import java.awt.image.BufferedImage;

/**
 * The lower end of a terminal, drawn over and over: a picture, and a status line below it on which the cursor rests.
 * Whatever stood on the terminal before stays above.
 */
final class TerminalCanvas {

    private static final String ESC = "\u001b[";
    private static final String HIDE_CURSOR = ESC + "?25l";
    private static final String SHOW_CURSOR = ESC + "?25h";
    private static final String CLEAR_LINE = "\r" + ESC + "K";
    private static final String CLEAR_BELOW = ESC + "J";

    /** Below the picture: the status, and at the end the files. */
    private static final int LINES_BELOW = 6;

    private final Screen screen;
    private int drawn;

    TerminalCanvas(Screen screen) {
        this.screen = screen;
        screen.print(HIDE_CURSOR);
    }

    /** How many characters fit into the status line; the last column is left alone, terminals wrap there. */
    int columns() {
        return screen.columns() - 1;
    }

    /** Draws a sheet in the place of the last one, with the status below. */
    void picture(ContactSheet sheet, String status) {
        BufferedImage pixels = sheet.paint(columns(), Math.max(1, screen.rows() - LINES_BELOW) * 2);
        var lines = HalfBlocks.lines(pixels);
        var frame = new StringBuilder("\r");
        if (drawn > 0) {
            frame.append(ESC).append(drawn).append('A');
        }
        if (drawn != lines.length) {
            frame.append(CLEAR_BELOW);
        }
        for (String line : lines) {
            frame.append(line).append(ESC).append("K\n");
        }
        drawn = lines.length;
        screen.print(frame.append(CLEAR_LINE).append(cut(status)).toString());
    }

    /** Replaces the status line. */
    void status(String status) {
        screen.print(CLEAR_LINE + cut(status));
    }

    /** A line which stays, in the place of the status. */
    void line(String line) {
        screen.print(CLEAR_LINE + line + "\n");
    }

    /** Gives the cursor back. */
    void close() {
        screen.print(CLEAR_LINE + SHOW_CURSOR);
        screen.close();
    }

    private String cut(String status) {
        return status.length() <= columns() ? status : status.substring(0, Math.max(0, columns() - 1)) + "…";
    }
}
