package dev.darkroom.internal.gate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.Slow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of decision record 6, whole, beside what it was before noise was told from a limit. */
@Slow
class AdmissionRecordTest {

    private static final int SEEDS = 20;

    /** What two runs of a cell may differ by, as the record is rounded. */
    private static final double WORSE = 0.035;

    @Test
    void whatWasGoodBeforeIsAsGoodButForWhatTheRecordNames() throws IOException {
        var before = AdmissionTable.before(null);
        var worse = new ArrayList<String>();
        for (var hint : List.of(Simulation.Hint.WHOLE_SECONDS, Simulation.Hint.NONE)) {
            for (var scenario : Scenario.QUOTAS) {
                for (var clients : new int[] {1, 4}) {
                    for (var early : new boolean[] {true, false}) {
                        var cell = new AdmissionTable.Cell(scenario, clients, early, hint);
                        compare(cell, requireNonNull(before.get(cell.key())), worse);
                    }
                }
            }
        }
        assertThat(worse).as("of 272 values").hasSizeLessThanOrEqualTo(24);
    }

    private static void compare(AdmissionTable.Cell cell, String before, List<String> worse) {
        var old = before.split("/", -1);
        var now = AdmissionTable.mean(cell, SEEDS);
        for (var i = 0; i < 2; i++) {
            var by = now[i] - Double.parseDouble(old[i]);
            assertThat(by).as(cell.key()).isLessThan(0.12);
            if (by > WORSE) {
                worse.add(cell.key());
            }
        }
    }

    /** Of the pictures of somebody who knows the odds; a hint of a second, one in ten refused. */
    @Test
    void noiseIsFoundInTheFirstMinutes() {
        for (var early : new boolean[] {true, false}) {
            var cell = new AdmissionTable.Cell(Scenario.NOISES.get(3), 1, early, Simulation.Hint.SECOND);
            assertThat(AdmissionTable.mean(cell, SEEDS)[3]).isGreaterThanOrEqualTo(0.83);
        }
    }

    @Test
    void refusalsAtRandomStarveNobodyWhateverTheHint() {
        var least = new double[] {0.9, 0.9, 0.9, 0.85, 0.75};
        for (var hint : Simulation.Hint.values()) {
            for (var i = 0; i < least.length; i++) {
                for (var clients : new int[] {1, 4}) {
                    var scenario = Scenario.NOISES.get(i);
                    var found = AdmissionTable.mean(new AdmissionTable.Cell(scenario, clients, false, hint), 3);
                    var odds = scenario.noise().applyAsDouble(0);
                    assertThat(found[0])
                            .as("attempts, %s %s", scenario, hint)
                            .isLessThanOrEqualTo(1 / (1 - odds) + 0.03);
                    assertThat(found[1]).as("pictures, %s %s", scenario, hint).isGreaterThanOrEqualTo(least[i]);
                    assertThat(found[2]).as("lasting, %s %s", scenario, hint).isGreaterThanOrEqualTo(0.95);
                }
            }
        }
    }

    /** Alone, heard late. Some find it after a minute and some after half an hour, hence more seeds. */
    @Test
    void whereHalfIsRefusedAtRandomHalfOfThePicturesAreMade() {
        for (var hint : Simulation.Hint.values()) {
            var cell = new AdmissionTable.Cell(Scenario.NOISES.get(5), 1, false, hint);
            assertThat(AdmissionTable.mean(cell, SEEDS)[1]).as(hint.toString()).isGreaterThanOrEqualTo(0.5);
        }
    }
}
