package dev.darkroom.emulator.picture;

import dev.darkroom.emulator.picture.Mark.Clouds;
import dev.darkroom.emulator.picture.Mark.Fill;
import dev.darkroom.emulator.picture.Mark.Glow;
import dev.darkroom.emulator.picture.Mark.Stars;
import dev.darkroom.emulator.picture.Mark.Water;
import dev.darkroom.emulator.picture.Terrain.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Turns a commission into a scene: the prompt's words choose mood, place and things, the seed everything else.
 *
 * <p>Made for one scene. Land comes in layers; each is nearer, darker and less hazy than the one behind it.
 */
final class Composer {

    private final Commission commission;
    private final Dice dice;
    private final Mood mood;
    private final Place place;
    private final Palette palette;
    private final double width;
    private final double height;
    private final Terrain terrain;
    private final Things things;
    private final List<String> words;
    private final List<Mark> marks = new ArrayList<>();
    private double sunX;
    private double sunY;

    private Composer(Commission commission) {
        this.commission = commission;
        dice = new Dice(commission.entropy());
        words = Words.of(commission.prompt());
        place = Words.called(commission.prompt(), Place.values()).orElseGet(() -> dice.one(List.of(Place.values())));
        mood = Words.called(commission.prompt(), Mood.HOURS)
                .or(() -> Words.called(commission.prompt(), Mood.values()))
                .orElseGet(() -> dice.one(usualMoods()));
        double shorter = Math.min(commission.width(), commission.height());
        width = commission.width() / shorter;
        height = commission.height() / shorter;
        palette = Reference.following(commission.references(), mood.palette().turned(dice.between(-0.16, 0.16)));
        terrain = new Terrain(width, height, dice);
        things = new Things(palette, dice);
    }

    static Scene compose(Commission commission) {
        return new Composer(commission).scene();
    }

    private Scene scene() {
        sky();
        switch (place) {
            case SEA -> sea();
            case MOUNTAINS -> mountains();
            case FOREST -> forest();
            case DUNES -> dunes();
            case CITY -> city();
            case COSMOS -> cosmos();
            case MEADOW -> meadow();
        }
        var plan = "Composing " + mood.name().toLowerCase(Locale.ROOT) + " light over "
                + place.name().toLowerCase(Locale.ROOT) + " in " + marks.size() + " layers.";
        return new Scene(width, height, palette, List.copyOf(marks), commission.entropy(), plan);
    }

    private void sky() {
        double low = place == Place.SEA ? 0.5 : 0.44;
        sunX = width * (dice.chance(0.5) ? dice.between(0.24, 0.42) : dice.between(0.58, 0.76));
        sunY = height * (palette.dark() ? dice.between(0.14, 0.26) : dice.between(low - 0.16, low));
        if (palette.dark()) {
            marks.add(new Stars(place == Place.COSMOS ? 520 : 260, height * 0.7));
        }
        if (mood == Mood.AURORA || mood == Mood.COSMOS) {
            marks.add(new Clouds(palette.light(), 0.5, 0, height * 0.62, mood == Mood.AURORA ? 0.35 : 1.3));
            marks.add(new Clouds(palette.horizon(), 0.45, 0, height * 0.75, 1.1));
        }
        double size = dice.between(0.055, 0.085) * (palette.dark() ? 0.8 : 1);
        marks.add(new Glow(sunX, sunY, size, size * 4.2, palette.sun(), palette.dark() ? 0.5 : 0.75));
        if (mood != Mood.AURORA && mood != Mood.COSMOS) {
            var cloud = palette.sun().mix(palette.horizon(), 0.5).mix(palette.sky(), palette.dark() ? 0.75 : 0.1);
            double cover = mood == Mood.STORM ? 0.75 : dice.between(0.3, 0.5);
            marks.add(new Clouds(cloud, cover, height * 0.04, height * 0.52, 4.2));
        }
    }

    /** A layer of land. Depth is 0 for the horizon, 1 for the foreground. */
    private void land(Outline outline, double depth) {
        var colour = shade(depth);
        var foot = colour.mix(palette.horizon(), 0.55 * (1 - depth) + 0.08);
        double top = outline.top();
        double reach = (0.34 - 0.1 * depth) * Math.min(height, 1.6);
        marks.add(new Fill(outline, colour, foot, top + reach * 0.25, top + reach * 1.25, 1));
    }

    private Colour shade(double depth) {
        return palette.far().mix(palette.near(), Math.pow(depth, 1.15)).mix(palette.horizon(), 0.28 * (1 - depth));
    }

    private void ridges(int layers, double from, double to, double relief) {
        for (int i = 0; i < layers; i++) {
            double depth = layers == 1 ? 0 : (double) i / layers;
            double base = height * (from + (to - from) * i / Math.max(1, layers - 1));
            land(terrain.outline(terrain.rugged(base, relief * (1 - 0.35 * depth), 1.5 + depth)), depth);
        }
    }

    private void sea() {
        double horizon = height * dice.between(0.56, 0.64);
        land(terrain.outline(terrain.rolling(horizon, 0.1, 2.2)), 0.1);
        land(terrain.outline(terrain.rolling(horizon + 0.015, 0.055, 3.4)), 0.35);
        marks.add(new Water(horizon, palette.zenith().mix(palette.near(), 0.45), sunX, palette.sun()));
        if (asked("boat", "ship", "sail") || dice.chance(0.5)) {
            double away = width * (sunX > width / 2 ? dice.between(0.2, 0.4) : dice.between(0.6, 0.8));
            marks.addAll(things.boat(away, horizon + dice.between(0.05, 0.09), dice.between(0.1, 0.15)));
        }
        if (asked("lighthouse", "coast", "cliff") || dice.chance(0.3)) {
            cliff(horizon);
        }
        flock();
    }

    private void cliff(double horizon) {
        boolean right = sunX < width / 2;
        double edge = right ? width * 0.6 : width * 0.4;
        double side = right ? 1 : -1;
        var noise = dice.noise();
        Profile profile = x -> {
            double inland = side * (x - edge) / (0.42 * Math.max(1, width * 0.8));
            double rise = Math.min(1, Math.max(0, inland + 0.12) * 1.5);
            double rock = 0.05 * (noise.layered(x * 7, 1.3, 4) - 0.5);
            return inland < -0.12
                    ? height + 0.02
                    : height * 1.03 - (height * 1.03 - horizon - 0.03) * rise * (2 - rise) + rock;
        };
        double spot = edge + side * 0.22 * Math.max(1, width * 0.8);
        marks.addAll(things.lighthouse(spot, profile.at(spot) + 0.03, dice.between(0.36, 0.46)));
        var outline = terrain.outline(profile);
        marks.add(new Fill(outline, shade(0.92), shade(1), horizon, height, 1));
    }

    private void mountains() {
        ridges(4, 0.46, 0.72, 0.42);
        if (asked("lake", "reflection") || dice.chance(0.35)) {
            marks.add(new Water(height * 0.74, palette.zenith().mix(palette.near(), 0.35), sunX, palette.sun()));
        }
        var slope = terrain.rolling(height * 0.86, 0.12, 1.6);
        land(terrain.wooded(slope, 0.11, 0.8), 0.85);
        var front = terrain.rolling(height * 0.97, 0.1, 1.1);
        land(terrain.wooded(front, 0.2, 0.6), 1);
        if (asked("cabin", "house", "hut") || dice.chance(0.4)) {
            double x = width * dice.between(0.3, 0.7);
            marks.addAll(things.cabin(x, front.at(x) - 0.01, 0.075));
        }
        flock();
    }

    private void forest() {
        ridges(2, 0.42, 0.5, 0.22);
        for (int i = 0; i < 4; i++) {
            double depth = 0.35 + 0.65 * i / 3;
            var floor = terrain.rolling(height * (0.56 + 0.15 * i), 0.12, 1.4);
            land(terrain.wooded(floor, 0.1 + 0.085 * i, 1.5 - 0.22 * i), depth);
        }
        if (asked("cabin", "house", "hut")) {
            marks.addAll(things.cabin(width * dice.between(0.3, 0.7), height * 0.93, 0.09));
        }
        flock();
    }

    private void dunes() {
        ridges(1, 0.53, 0.53, 0.16);
        for (int i = 0; i < 4; i++) {
            double depth = 0.2 + 0.8 * i / 3;
            var profile = terrain.dunes(height * (0.64 + 0.125 * i), 0.1 + 0.05 * i, 1.05 - 0.15 * i);
            var outline = terrain.outline(profile);
            var lit = shade(depth * 0.6).mix(palette.sun(), 0.2 * (1 - depth));
            marks.add(new Fill(outline, lit, shade(Math.min(1, depth + 0.18)), outline.top(), outline.top() + 0.3, 1));
        }
        flock();
    }

    private void city() {
        double foot = height * dice.between(0.76, 0.84);
        var skyline = new Skyline(width, dice, palette);
        for (int i = 0; i < 3; i++) {
            double depth = 0.15 + 0.38 * i;
            marks.addAll(skyline.row(foot + 0.01, 0.5 - 0.12 * i, shade(depth), depth, palette.horizon()));
        }
        marks.add(new Water(foot, palette.near().mix(palette.zenith(), 0.5), sunX, palette.sun()));
        flock();
    }

    private void cosmos() {
        double x = width - sunX;
        marks.addAll(things.planet(x, height * dice.between(0.34, 0.44), dice.between(0.15, 0.21)));
        marks.add(new Glow(
                width * dice.between(0.1, 0.9), height * dice.between(0.08, 0.2), 0.02, 0.05, palette.sun(), 0.4));
        ridges(3, 0.72, 0.9, 0.3);
        land(terrain.outline(terrain.rugged(height * 0.99, 0.18, 2.2)), 1);
    }

    private void meadow() {
        ridges(2, 0.48, 0.56, 0.2);
        for (int i = 0; i < 4; i++) {
            double depth = 0.3 + 0.7 * i / 3;
            var hill = terrain.rolling(height * (0.62 + 0.13 * i), 0.18, 1.1);
            land(terrain.outline(hill), depth);
            int trees = dice.between(1, 4);
            for (int t = 0; t < trees && i < 3; t++) {
                double x = dice.between(0, width);
                marks.addAll(things.roundTree(x, hill.at(x) + 0.01, 0.06 + 0.05 * i));
            }
            if (i == 1 && (asked("house", "village", "farm") || dice.chance(0.5))) {
                double x = dice.between(0.2, 0.8) * width;
                marks.addAll(things.cabin(x, hill.at(x), 0.055));
            }
        }
        if (asked("balloon") || dice.chance(0.55)) {
            double x = width - sunX + dice.between(-0.08, 0.08);
            marks.addAll(things.balloon(x, height * dice.between(0.18, 0.3), dice.between(0.11, 0.16)));
        }
        flock();
    }

    private void flock() {
        if (!palette.dark() && (asked("bird", "birds", "gull", "eagle") || dice.chance(0.6))) {
            marks.addAll(things.birds(width - sunX, height * dice.between(0.2, 0.34), 0.028));
        }
    }

    private boolean asked(String... any) {
        return Arrays.stream(any).anyMatch(words::contains);
    }

    private List<Mood> usualMoods() {
        return switch (place) {
            case SEA -> List.of(Mood.DAWN, Mood.DUSK, Mood.SEA, Mood.NIGHT);
            case MOUNTAINS -> List.of(Mood.DAWN, Mood.SNOW, Mood.DUSK, Mood.AURORA);
            case FOREST -> List.of(Mood.GREEN, Mood.AUTUMN, Mood.DAWN);
            case DUNES -> List.of(Mood.DESERT, Mood.DUSK, Mood.NIGHT);
            case CITY -> List.of(Mood.DUSK, Mood.NIGHT, Mood.COSMOS);
            case COSMOS -> List.of(Mood.COSMOS, Mood.AURORA, Mood.NIGHT);
            case MEADOW -> List.of(Mood.DAY, Mood.BLOSSOM, Mood.AUTUMN, Mood.DAWN);
        };
    }
}
