package dev.darkroom.emulator.picture;

/** Outlines of land, from the left edge to the right, down to the picture's foot. */
final class Terrain {

    private static final int STEPS_PER_UNIT = 160;

    private final double width;
    private final double height;
    private final Dice dice;

    Terrain(double width, double height, Dice dice) {
        this.width = width;
        this.height = height;
        this.dice = dice;
    }

    /** The height of land at each place. */
    interface Profile {
        double at(double x);
    }

    Profile rugged(double base, double relief, double detail) {
        var noise = dice.noise();
        return x -> {
            double smooth = noise.layered(x * detail, 3.7, 6);
            double ridged = 1 - Math.abs(2 * noise.layered(x * detail * 0.8, 91.2, 5) - 1);
            return base - relief * (0.45 * smooth + 0.55 * ridged * ridged - 0.25);
        };
    }

    Profile rolling(double base, double relief, double detail) {
        var noise = dice.noise();
        return x -> base - relief * (noise.at(x * detail, 0.5) * 0.75 + noise.at(x * detail * 2.3, 7.5) * 0.25 - 0.3);
    }

    /** Long slopes on one side, short ones on the other. */
    Profile dunes(double base, double relief, double detail) {
        double shift = dice.between(0, 10.0);
        var noise = dice.noise();
        return x -> {
            double place = x * detail + shift + 0.35 * noise.at(x * 1.3, 0);
            double phase = place - Math.floor(place);
            double crest = phase < 0.7 ? phase / 0.7 : (1 - phase) / 0.3;
            double round = crest * crest * (3 - 2 * crest);
            return base - relief * round * (0.6 + 0.4 * noise.at(Math.floor(place) * 3.1, 5));
        };
    }

    /** Land with conifers on its crest: each tree a loop of its own from the foot up, then the land, wound alike. */
    Outline wooded(Profile profile, double treeHeight, double density) {
        double foot = height + 0.01;
        var outline = new Outline().to(-0.01, foot);
        for (double x = -0.03; x < width + 0.05; ) {
            double high = treeHeight * dice.between(0.55, 1.15);
            double wide = high * dice.between(0.3, 0.4);
            double trunk = wide * 0.06;
            outline.to(x - trunk, foot);
            conifer(outline, x, profile.at(x), high, wide);
            outline.to(x + trunk, foot);
            x += wide * dice.between(0.45, 1.5) / density;
        }
        return land(outline.to(-0.01, foot), profile);
    }

    Outline outline(Profile profile) {
        return land(new Outline().to(-0.01, height + 0.01), profile);
    }

    private Outline land(Outline outline, Profile profile) {
        int steps = (int) Math.ceil(width * STEPS_PER_UNIT);
        for (int i = 0; i <= steps; i++) {
            double x = -0.01 + (width + 0.02) * i / steps;
            outline.to(x, profile.at(x));
        }
        return outline.to(width + 0.01, height + 0.01);
    }

    private static void conifer(Outline outline, double x, double foot, double high, double wide) {
        int tiers = 6;
        double trunk = wide * 0.06;
        outline.to(x - trunk, foot - high * 0.07);
        for (int i = 0; i < tiers; i++) {
            tier(outline, x, foot - high * (0.06 + 0.86 * i / tiers), -wide / 2 * (1 - (double) i / tiers), high, true);
        }
        outline.to(x, foot - high);
        for (int i = tiers - 1; i >= 0; i--) {
            tier(outline, x, foot - high * (0.06 + 0.86 * i / tiers), wide / 2 * (1 - (double) i / tiers), high, false);
        }
        outline.to(x + trunk, foot - high * 0.07);
    }

    private static void tier(Outline outline, double x, double y, double half, double high, boolean upwards) {
        double innerY = y - high * 0.13;
        if (upwards) {
            outline.to(x + half, y).to(x + half * 0.45, innerY);
        } else {
            outline.to(x + half * 0.45, innerY).to(x + half, y);
        }
    }
}
