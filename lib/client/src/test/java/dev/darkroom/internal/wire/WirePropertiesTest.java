package dev.darkroom.internal.wire;

import dev.darkroom.testsupport.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a gateway sends, in whatever pieces: what comes out is what a plain reading gives. */
class WirePropertiesTest {

    private static final int TRIES = 2000;
    private static final int[] LONG_FROM = {1, 7, 64, 1024};

    @Test
    void documentsReadAsPlainly() {
        Seeds.tries(TRIES, seed -> {
            Comparison.document(Comparison.utf8(new RandomWire(seed).json(4)), longFrom(seed), piece(seed, 3000));
        });
    }

    @Test
    void damagedDocumentsReadAsPlainly() {
        Seeds.tries(TRIES, seed -> {
            var wire = new RandomWire(seed);
            Comparison.document(wire.damaged(Comparison.utf8(wire.json(4))), longFrom(seed), piece(seed, 3000));
        });
    }

    @Test
    void streamsReadAsPlainly() {
        Seeds.tries(TRIES, seed -> {
            Comparison.stream(new RandomWire(seed).stream(), longFrom(seed), piece(seed, 3000));
        });
    }

    @Test
    void damagedStreamsReadAsPlainly() {
        Seeds.tries(TRIES, seed -> {
            var wire = new RandomWire(seed);
            Comparison.stream(wire.damaged(wire.stream()), longFrom(seed), piece(seed, 3000));
        });
    }

    @Test
    void whatIsDetectedDoesNotDependOnThePieces() {
        Seeds.tries(TRIES, seed -> {
            var wire = new RandomWire(seed);
            var body = seed % 2 == 0 ? wire.stream() : Comparison.utf8(wire.json(2));
            for (String type : new String[] {"text/event-stream", "application/json", null}) {
                Comparison.detect(wire.damaged(body), type, piece(seed, 12));
            }
        });
    }

    @Test
    void noiseReadsAsPlainly() {
        Seeds.tries(TRIES, seed -> {
            var random = new Random(seed);
            var noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            Comparison.document(noise, 1, piece(seed, 9));
            Comparison.stream(noise, 1, piece(seed, 9));
        });
    }

    private static int longFrom(long seed) {
        return LONG_FROM[(int) (seed & 3)];
    }

    /** Of any length up to the greatest, small ones as often as large ones. */
    private static int piece(long seed, int most) {
        var random = new Random(seed * 31);
        return 1 + random.nextInt(Math.max(1, most >> random.nextInt(12)));
    }
}
