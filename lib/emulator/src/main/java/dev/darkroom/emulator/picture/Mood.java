package dev.darkroom.emulator.picture;

import java.util.Arrays;

/** Times and tempers, each with its words and its colours: zenith, sky, horizon, sun, far, near, light. */
enum Mood implements Words {
    DAWN("dawn sunrise morning daybreak", "31487a c98ba0 ffd6a5 fff1d0 b58a9b 2a2f4a ffd98a"),
    DUSK("dusk sunset evening twilight orange", "2d1e4f b33f62 ff9e5e ffe3a3 8e4162 1d1233 ffc15e"),
    NIGHT(
            "night midnight moonlit moonlight starry stars dark black",
            "060b1f 14264f 35578a f2f0dc 25406b 060a17 ffd37a"),
    DAY("day noon sunny summer sky bright", "3d7fc4 86bce6 e3f1f4 fffbe8 8fb3c9 234d4e fff2c4"),
    FIRE("fire flame lava volcano burning red hell", "1a0a0f 6b1422 ff7a2f ffe08a 7a2323 12060a ffb347"),
    GREEN("green forest jungle moss woods fern", "9fc4b4 cfe0cb f4efd7 fff8e0 86a996 12312b ffe9a6"),
    SEA("sea ocean blue wave underwater beach teal", "1f5f8b 5fb0c4 f3e9d2 fff6dc 5f93a8 0d2f45 ffe2a0"),
    SNOW("snow snowy ice winter frozen white arctic cold", "6d8fb8 aec6de f6e3e4 fff7f0 a9bdd6 33496b ffd9a0"),
    DESERT("desert sand dune yellow gold savanna mars", "3f86a5 f0c992 ffe7bf fff6df e3a76f 7d3620 fff0c0"),
    BLOSSOM("blossom spring cherry pink rose candy dream", "a8b8e6 f2b8d0 ffe6df fffaf0 d794b6 4a2a55 fff0b8"),
    STORM(
            "storm stormy rain rainy thunder fog foggy misty mist grey gray gloomy",
            "20262f 4a5866 a3aeb0 dfe6e2 61707a 12181e ffe08a"),
    AURORA("aurora northern polar", "050a1c 0c2b45 1d6a66 e9fff2 164a55 030a12 7dffb5"),
    COSMOS(
            "space cosmos galaxy nebula neon cyberpunk purple violet magic",
            "07041a 24104f 8b3d97 ffd9f2 4a1f6b 0a0418 9be7ff"),
    AUTUMN("autumn fall harvest brown fox amber", "5f82a8 e8b98a ffe3b0 fff3d6 c9824e 43201c ffd27d");

    /** Those which say when or in what weather; they win over those which only say where. */
    static final Mood[] HOURS = {DAWN, DUSK, NIGHT, AURORA, COSMOS, STORM};

    private static final double STARLIT = 0.35;

    private final String words;
    private final String colours;

    Mood(String words, String colours) {
        this.words = words;
        this.colours = colours;
    }

    @Override
    public String words() {
        return words;
    }

    Palette palette() {
        var all = Arrays.stream(colours.split(" "))
                .map(hex -> Colour.of(Integer.parseInt(hex, 16)))
                .toList();
        boolean dark = all.get(0).lightness() < STARLIT;
        return new Palette(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5), all.get(6), dark);
    }
}
