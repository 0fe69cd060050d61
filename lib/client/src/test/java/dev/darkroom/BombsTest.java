package dev.darkroom;

import dev.darkroom.Bombs.Bomb;
import java.io.IOException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a server sends costs no more memory than one request may keep, and what was whole is not lost for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BombsTest {

    private static final int SCALE = 8;

    private final Bombs bombs = new Bombs();

    BombsTest() throws IOException {}

    @AfterAll
    void stop() throws IOException {
        bombs.close();
    }

    @Test
    void everyAnswerThatIsTooMuchEndsWithTheNameOfItsLimitAndTheImagesThatWereWhole() {
        var softly = new SoftAssertions();
        for (Bomb bomb : Bombs.all(SCALE)) {
            var client = bomb.gateway()
                    .apply(bombs.url(bomb, SCALE))
                    .fetchUrlImages(false)
                    .maxTextBytes((8 << 20) / SCALE)
                    .maxHeapBytes((32 << 20) / SCALE);
            var outcome = Bombs.thrown(bomb, client);
            client.dispose();
            softly.assertThat(outcome.isTyped()).as("%s: %s", bomb, outcome).isTrue();
            softly.assertThat(outcome.names(bomb.wither()))
                    .as("%s: %s", bomb, outcome)
                    .isTrue();
            softly.assertThat(outcome.images()).as("%s: %s", bomb, outcome).isGreaterThanOrEqualTo(bomb.images());
        }
        softly.assertAll();
    }
}
