package dev.darkroom.wire;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a gateway sends, in whatever pieces: what comes out is what a plain reading gives. */
class WirePropertiesTest {

    private static final int[] LONG_FROM = {1, 7, 64, 1024};

    @Property(tries = 2000)
    void documentsReadAsPlainly(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int piece) {
        Comparison.document(Comparison.utf8(new RandomWire(seed).json(4)), longFrom(seed), piece);
    }

    @Property(tries = 2000)
    void damagedDocumentsReadAsPlainly(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int piece) {
        var wire = new RandomWire(seed);
        Comparison.document(wire.damaged(Comparison.utf8(wire.json(4))), longFrom(seed), piece);
    }

    @Property(tries = 2000)
    void streamsReadAsPlainly(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int piece) {
        Comparison.stream(new RandomWire(seed).stream(), longFrom(seed), piece);
    }

    @Property(tries = 2000)
    void damagedStreamsReadAsPlainly(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int piece) {
        var wire = new RandomWire(seed);
        Comparison.stream(wire.damaged(wire.stream()), longFrom(seed), piece);
    }

    @Property(tries = 2000)
    void whatIsDetectedDoesNotDependOnThePieces(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int piece) {
        var wire = new RandomWire(seed);
        var body = seed % 2 == 0 ? wire.stream() : Comparison.utf8(wire.json(2));
        for (String type : new String[] {"text/event-stream", "application/json", null}) {
            Comparison.detect(wire.damaged(body), type, piece);
        }
    }

    @Property(tries = 2000)
    void noiseReadsAsPlainly(@ForAll @Size(max = 80) byte[] noise, @ForAll @IntRange(min = 1, max = 9) int piece) {
        Comparison.document(noise, 1, piece);
        Comparison.stream(noise, 1, piece);
    }

    private static int longFrom(long seed) {
        return LONG_FROM[(int) (seed & 3)];
    }
}
