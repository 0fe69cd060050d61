package dev.darkroom.benchmarks.bars;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Lines over time, one below the other, as SVG. Each begins at zero, so that what looks flat is. */
final class Plot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 84;
    private static final int LEFT = 56;
    private static final int GAP = 34;

    private Plot() {}

    /** The values by their titles, each as many as there are minutes. */
    static String of(double[] minutes, Map<String, double[]> lines) {
        int height = lines.size() * (HEIGHT + GAP) + 30;
        var svg = new StringBuilder()
                .append(String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                        LEFT + WIDTH + 20,
                        height))
                .append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        int top = GAP;
        for (var line : lines.entrySet()) {
            panel(svg, top, line.getKey(), minutes, line.getValue());
            top += HEIGHT + GAP;
        }
        double last = minutes[minutes.length - 1];
        for (int minute = 0; minute <= Math.round(last); minute += Math.max(1, (int) Math.round(last / 6))) {
            svg.append(text(LEFT + WIDTH * minute / last, height - 22, "middle", minute + " min"));
        }
        return svg.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder svg, int top, String title, double[] minutes, double[] values) {
        double highest = Math.max(1e-9, Arrays.stream(values).max().orElse(1)) * 1.1;
        svg.append(text(LEFT, top - 8, "start", title));
        svg.append(text(LEFT - 6, top + 10, "end", Findings.number(highest)));
        svg.append(text(LEFT - 6, top + HEIGHT, "end", "0"));
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%d %dv%dh%d\" fill=\"none\" stroke=\"#888\"/>%n<polyline fill=\"none\" stroke=\"#06c\" points=\"",
                LEFT,
                top,
                HEIGHT,
                WIDTH));
        for (int i = 0; i < values.length; i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    LEFT + WIDTH * minutes[i] / minutes[minutes.length - 1],
                    top + HEIGHT * (1 - values[i] / highest)));
        }
        svg.append("\"/>\n");
    }

    private static String text(double x, double y, String anchor, String words) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#222\">%s</text>%n",
                x,
                y,
                anchor,
                words);
    }
}
