package dev.darkroom.internal.gate;

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
                Arguments.of(Scenario.IMAGES_FIXED, 1.07, 1.15, 1.20, 1.20),
                Arguments.of(Scenario.TWENTY_FIXED, 1.07, 1.15, 1.20, 1.20),
                Arguments.of(Scenario.IMAGES_SLIDING, 1.10, 1.15, 1.20, 1.25),
                Arguments.of(Scenario.LOCAL, 1.05, 1.15, 1.125, 1.40), // 1.12 on eighty seeds
                // apart from the bars of the issue; held where they stand
                Arguments.of(Scenario.TWO_PER_SECOND, 1.11, 1.05, 1.25, 1.40),
                Arguments.of(Scenario.BIG_BURST, 1.19, 1.05, 1.42, 1.40),
                Arguments.of(Scenario.CONCURRENT, 1.10, 1.40, 1.25, 1.80),
                Arguments.of(Scenario.CONCURRENT_LONG, 1.14, 1.20, 1.45, 1.90),
                Arguments.of(Scenario.CHANGES, 1.08, 1.35, 1.20, 2.40),
                Arguments.of(Scenario.SLOW_REFUSALS, 1.20, 1.35, 1.76, 1.50));
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

    /** A storm and the most it may cost: makespan over that of somebody who is served again when it is over. */
    static Stream<Arguments> storms() {
        return Stream.of(
                Arguments.of(Scenario.STORMS, 1.6),
                Arguments.of(Scenario.LONG_STORM, 1.12),
                Arguments.of(Scenario.STORMY_BUCKET, 1.4));
    }

    @ParameterizedTest
    @MethodSource("storms")
    void whatRefusesEverythingForAWhileIsNotTakenForASlowerQuota(Scenario scenario, double makespan) {
        for (var early : new boolean[] {true, false}) {
            var found = mean(scenario, 1, early, WHOLE_SECONDS);
            assertThat(found[0]).as("attempts").isLessThanOrEqualTo(1.05);
            assertThat(found[1]).as("makespan").isLessThanOrEqualTo(makespan);
        }
    }

    /** A server that refuses at random for an hour, and the least share of what a client gets that knows the odds. */
    static Stream<Arguments> noises() {
        return Stream.of(
                Arguments.of(Scenario.NOISES.get(0), 0.01, 0.9),
                Arguments.of(Scenario.NOISES.get(2), 0.05, 0.9),
                Arguments.of(Scenario.NOISES.get(3), 0.10, 0.85),
                Arguments.of(Scenario.NOISES.get(4), 0.20, 0.75));
    }

    @ParameterizedTest
    @MethodSource("noises")
    void aServerThatRefusesAtRandomDoesNotStarveUs(Scenario scenario, double odds, double pictures) {
        for (var hint : List.of(Simulation.Hint.SHORT, Simulation.Hint.SECOND)) {
            var found = AdmissionTable.mean(new AdmissionTable.Cell(scenario, 1, false, hint), 2);
            assertThat(found[0]).as("attempts").isLessThanOrEqualTo(1 / (1 - odds) + 0.03);
            assertThat(found[1]).as("pictures of the ideal").isGreaterThanOrEqualTo(pictures);
            assertThat(found[2]).as("the last five minutes of the first").isGreaterThanOrEqualTo(0.95);
        }
    }

    @Test
    void refusalsAtRandomOnTopOfABucketCostFewAttemptsMore() {
        for (var early : new boolean[] {true, false}) {
            assertThat(mean(Scenario.NOISY_BUCKET, 1, early, Simulation.Hint.SHORT)[0])
                    .isLessThanOrEqualTo(1.15);
        }
    }

    @Test
    void noiseIsFoundAndForgottenWithinAMinute() {
        for (var scenario : Scenario.ALL_TURNS) {
            var found = AdmissionTable.mean(new AdmissionTable.Cell(scenario, 1, true, Simulation.Hint.SECOND), 2);
            assertThat(found[1]).as("attempts at the limit").isLessThanOrEqualTo(1.25);
            assertThat(found[2]).as("attempts without any").isLessThanOrEqualTo(1.03);
            assertThat(found[4]).as("pictures at the limit").isGreaterThanOrEqualTo(0.85);
            assertThat(found[5]).as("pictures without any").isGreaterThanOrEqualTo(0.9);
        }
    }

    @Test
    void aStrayRefusalIsForgottenInThreeSeconds() {
        for (var scenario : Scenario.STRAYS) {
            for (var early : new boolean[] {true, false}) {
                var found = AdmissionTable.mean(
                        new AdmissionTable.Cell(scenario, 1, early, Simulation.Hint.WHOLE_SECONDS), 3);
                assertThat(found[0]).as(scenario.toString()).isLessThanOrEqualTo(3);
            }
        }
    }

    @Test
    void aStrayRefusalDoesNotMakeVeryManyCallsBeginAnew() {
        for (var early : new boolean[] {true, false}) {
            var log = Simulation.run(Scenario.STRAY_OF_MANY, 1, early, WHOLE_SECONDS, 1);
            assertThat(log.pictures(10, 25) / Scenario.STRAY_OF_MANY.ideal(10, 25, 1, 1))
                    .isGreaterThan(0.8); // 0.76 early without
        }
    }

    @Test
    void tenQuietMinutesForgetWhatWasToBeRegained() {
        var law = new Admission(() -> 0);
        double now = 0;
        for (var call = 0; call < 150; call++) {
            law.accepted(now, law.send(now, 1));
            now += 0.1;
        }
        for (var refusal = 0; refusal < 2; refusal++) {
            law.refused(now, law.send(now, 1), 1);
            now += 2;
            law.accepted(now, law.send(now, 1));
        }

        now += 601;
        assertThat(law.wait(now, 1)).isZero();
        var first = law.send(now, 1);
        law.send(now, 1);
        law.accepted(now, first);
        law.send(now, 1);

        assertThat(law.wait(now, 1)).as("a third of unknown fate").isPositive();
    }
}
