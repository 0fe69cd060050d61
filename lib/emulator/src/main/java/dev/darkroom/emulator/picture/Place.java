package dev.darkroom.emulator.picture;

/** Where a picture is set. */
enum Place implements Words {
    SEA("sea ocean boat ship sail beach lighthouse island harbour harbor wave coast lake river water whale"),
    MOUNTAINS("mountain mountains alps peak valley cliff snow volcano eagle climber"),
    FOREST("forest tree trees wood woods jungle fox deer bear pine cabin owl"),
    DUNES("desert dune dunes sand camel mars canyon pyramid"),
    CITY("city street skyline tokyo tower robot cyberpunk neon building car rain metropolis"),
    COSMOS("space planet galaxy nebula astronaut rocket star stars alien cosmos satellite"),
    MEADOW("meadow field flower flowers garden village house farm hill hills cat dog horse spring balloon");

    private final String words;

    Place(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
