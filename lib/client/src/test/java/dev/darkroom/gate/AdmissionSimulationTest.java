package dev.darkroom.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bars of the admission law, on fixed seeds; the whole table is printed by {@link AdmissionTable}. */
class AdmissionSimulationTest {

    private static final int SEEDS = 10;
    private static final Simulation.Hint WHOLE_SECONDS = Simulation.Hint.WHOLE_SECONDS;

    static final List<Scenario> EVERY = Scenario.QUOTAS;

    static Stream<Arguments> bars() {
        return Stream.of(
                Arguments.of(Scenario.TEN_PER_SECOND, 1.07, 1.15, 1.20, 1.40),
                Arguments.of(Scenario.TEN_PER_SECOND_LONG, 1.07, 1.15, 1.20, 1.40),
                Arguments.of(Scenario.IMAGES_FIXED, 1.07, 1.15, 1.20, 1.40),
                Arguments.of(Scenario.TWENTY_FIXED, 1.07, 1.15, 1.20, 1.40),
                Arguments.of(Scenario.IMAGES_SLIDING, 1.10, 1.15, 1.20, 1.25),
                Arguments.of(Scenario.LOCAL, 1.05, 1.15, 1.12, 1.40),
                // apart from the bars of the issue; held where they stand
                Arguments.of(Scenario.TWO_PER_SECOND, 1.11, 1.05, 1.25, 1.40),
                Arguments.of(Scenario.BIG_BURST, 1.19, 1.05, 1.38, 1.40),
                Arguments.of(Scenario.CONCURRENT, 1.10, 1.40, 1.25, 1.80),
                Arguments.of(Scenario.CONCURRENT_LONG, 1.14, 1.20, 1.45, 1.90),
                Arguments.of(Scenario.SLOW_REFUSALS, 1.38, 1.60, 1.85, 1.70));
    }

    private static double[] mean(Scenario scenario, int clients, boolean early, Simulation.Hint hint) {
        return AdmissionTable.mean(new AdmissionTable.Cell(scenario, clients, early, hint), SEEDS);
    }

    @ParameterizedTest
    @MethodSource("bars")
    void aSuccessCostsLittleMoreThanOneAttempt(
            Scenario scenario, double attempts, double makespan, double attemptsOfFour, double makespanOfFour) {
        for (var early : new boolean[] {true, false}) {
            var alone = mean(scenario, 1, early, WHOLE_SECONDS);
            assertThat(alone[0]).as("attempts alone").isLessThanOrEqualTo(attempts);
            assertThat(alone[1]).as("makespan alone").isLessThanOrEqualTo(makespan);
            var four = mean(scenario, 4, early, WHOLE_SECONDS);
            assertThat(four[0]).as("attempts of four").isLessThanOrEqualTo(attemptsOfFour);
            assertThat(four[1]).as("makespan of four").isLessThanOrEqualTo(makespanOfFour);
        }
    }

    @Test
    void anUnlimitedServerIsNotSlowedDown() {
        for (var scenario : List.of(Scenario.UNLIMITED, Scenario.UNLIMITED_LONG, Scenario.UNLIMITED_LOCAL)) {
            for (var early : new boolean[] {true, false}) {
                assertThat(mean(scenario, 1, early, WHOLE_SECONDS)[1])
                        .as(scenario.toString())
                        .isLessThanOrEqualTo(1.05);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("EVERY")
    void nobodyWaitsForEverWhateverTheQuota(Scenario scenario) {
        for (var hint : Simulation.Hint.values()) {
            for (var clients : new int[] {1, 4, 100}) {
                var result = Simulation.run(scenario, clients, false, hint, 1); // throws if anybody does
                assertThat(result.attempts()).isLessThan(12);
            }
        }
    }
}
