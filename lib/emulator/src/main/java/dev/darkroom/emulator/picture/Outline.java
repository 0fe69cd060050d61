package dev.darkroom.emulator.picture;

import java.util.Arrays;

/** A polygon under construction, then a polygon. */
final class Outline {

    private double[] points = new double[32];
    private int length;

    Outline to(double x, double y) {
        if (length + 2 > points.length) {
            points = Arrays.copyOf(points, points.length * 2);
        }
        points[length++] = x;
        points[length++] = y;
        return this;
    }

    /** A closed polygon of those coordinates, scaled, then moved. */
    static Outline of(double x, double y, double scale, double... coordinates) {
        var outline = new Outline();
        for (int i = 0; i < coordinates.length; i += 2) {
            outline.to(x + coordinates[i] * scale, y + coordinates[i + 1] * scale);
        }
        return outline;
    }

    static Outline ellipse(double x, double y, double across, double down) {
        var outline = new Outline();
        int corners = 48;
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * i / corners;
            outline.to(x + across * StrictMath.cos(angle), y + down * StrictMath.sin(angle));
        }
        return outline;
    }

    int corners() {
        return length / 2;
    }

    double x(int corner) {
        return points[2 * corner];
    }

    double y(int corner) {
        return points[2 * corner + 1];
    }

    double top() {
        double top = Double.MAX_VALUE;
        for (int i = 0; i < corners(); i++) {
            top = Math.min(top, y(i));
        }
        return top;
    }

    double foot() {
        double foot = -Double.MAX_VALUE;
        for (int i = 0; i < corners(); i++) {
            foot = Math.max(foot, y(i));
        }
        return foot;
    }
}
