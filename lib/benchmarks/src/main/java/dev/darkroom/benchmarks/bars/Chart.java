package dev.darkroom.benchmarks.bars;

import java.util.Locale;
import java.util.Map;

/** Spreads beside each other as SVG, a panel for each group: a bar to the median, a line from the lowest to the highest. */
final class Chart {

    private static final int LEFT = 190;
    private static final int WIDTH = 460;
    private static final int RIGHT = 170;
    private static final int ROW = 24;
    private static final int HEAD = 34;

    private Chart() {}

    /** Each panel has its own scale, which begins at zero. The first of each is ours. */
    static String of(String unit, Map<String, Map<String, Spread>> panels) {
        int rows = panels.values().stream().mapToInt(Map::size).sum();
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                LEFT + WIDTH + RIGHT,
                rows * ROW + panels.size() * HEAD + 12));
        int y = 0;
        for (var panel : panels.entrySet()) {
            y += HEAD;
            svg.append(text(12, y - 10, "start", panel.getKey(), "font-weight=\"bold\""));
            y = panel(svg, y, unit, panel.getValue());
        }
        return svg.append("</svg>\n").toString();
    }

    private static int panel(StringBuilder svg, int top, String unit, Map<String, Spread> spreads) {
        double most =
                spreads.values().stream().mapToDouble(Spread::highest).max().orElse(1);
        int y = top;
        for (var each : spreads.entrySet()) {
            var spread = each.getValue();
            svg.append(text(LEFT - 10, y + 15, "end", each.getKey(), ""));
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                            + "<path d=\"M%.1f %dH%.1f\" stroke=\"#222\"/>%n",
                    LEFT,
                    y + 2,
                    WIDTH * spread.median() / most,
                    ROW - 6,
                    y == top ? "#06c" : "#bbb",
                    LEFT + WIDTH * spread.lowest() / most,
                    y + ROW / 2 - 1,
                    LEFT + WIDTH * spread.highest() / most));
            svg.append(text(LEFT + WIDTH + 10, y + 15, "start", spread.text(unit), ""));
            y += ROW;
        }
        return y;
    }

    private static String text(double x, double y, String anchor, String words, String style) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#222\" %s>%s</text>%n",
                x,
                y,
                anchor,
                style,
                words);
    }
}
