package dev.darkroom.emulator.picture;

import java.util.List;
import java.util.SplittableRandom;

/** Random choices which a seed decides. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    double between(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    Noise noise() {
        return new Noise(random.nextLong());
    }
}
