package dev.darkroom.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole fleet in virtual time, with the script as it is: twenty a second, and whole seconds to wait for who is refused. */
class FleetTest {

    private final FleetSimulation fleet = new FleetSimulation(20, 20, 1);

    @ParameterizedTest
    @ValueSource(ints = {200, 800})
    void eightInstancesShareAQuotaEvenlyAndHardlyMeetARefusal(int jobs) {
        var result = fleet.shared(8, 16).run(jobs);

        assertThat(result.done()).isEqualTo(jobs);
        assertThat(result.perSuccess()).isLessThan(1.05);
        assertThat(result.overIdeal()).isLessThan(1.15);
        assertThat(result.jain()).isGreaterThan(0.97);
    }

    @Test
    void aPermitCostsOneCommand() {
        var result = fleet.shared(8, 16).run(400);

        assertThat(result.commandsPerJob()).isLessThan(1.2);
    }

    @Test
    void sixtyFourInstancesShareAQuotaEvenly() {
        var result = fleet.shared(64, 4).run(800);

        assertThat(result.perSuccess()).isLessThan(1.05);
        assertThat(result.overIdeal()).isLessThan(1.15);
        assertThat(result.jain()).isGreaterThan(0.95);
    }

    @Test
    void timeInWhichTheOwnerOfAProbeIsDeadDoesNotSlowTheOthersDown() {
        var killed = new int[] {-1};
        for (var i = 0; i < 2000; i++) {
            fleet.at(i * 0.02, () -> {
                if (killed[0] < 0 && fleet.probing() >= 0) {
                    killed[0] = fleet.probing();
                    fleet.kill(killed[0]);
                }
            });
        }

        var result = fleet.shared(8, 16).run(400);

        assertThat(killed[0]).isNotNegative();
        assertThat(result.perSuccess()).isLessThan(1.05);
        assertThat(result.makespan()).isLessThan(1.3 * 21);
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 5})
    void aClockThatIsWrongByFiveSecondsGainsAndLosesNothing(int seconds) {
        fleet.shared(1, 16).shared(16, Duration.ofSeconds(seconds)).run(400);

        assertThat(fleet.finished(1)).isBetween(180, 220);
    }

    @Test
    void aRedisThatIsSilentForTenSecondsCostsNoRequestAndFewRefusals() {
        fleet.at(5, () -> fleet.links().forEach(link -> link.isSilent(true)))
                .at(15, () -> fleet.links().forEach(link -> link.isSilent(false)));

        var result = fleet.shared(8, 16).run(800);

        assertThat(result.done()).isEqualTo(800);
        assertThat(result.perSuccess()).isLessThan(1.25);
        assertThat(result.overIdeal()).isLessThan(1.5);
    }

    @Test
    void aRedisThatIsRestartedEmptyIsToldByOneRefusal() {
        fleet.at(5, () -> fleet.links().forEach(link -> link.refusesConnections(true)))
                .at(7, () -> {
                    fleet.redis().flush();
                    fleet.links().forEach(link -> link.refusesConnections(false));
                });

        var result = fleet.shared(8, 16).run(800);

        assertThat(result.done()).isEqualTo(800);
        assertThat(result.perSuccess()).isLessThan(1.25);
        assertThat(result.overIdeal()).isLessThan(1.5);
    }

    @Test
    void aFailoverToOneThatKnowsNothingIsNoOutage() {
        fleet.at(10, () -> fleet.redis().flush());

        var result = fleet.shared(8, 16).run(800);

        assertThat(result.done()).isEqualTo(800);
        assertThat(result.perSuccess()).isLessThan(1.25);
        assertThat(result.overIdeal()).isLessThan(1.5);
    }

    @Test
    void whoHearsNothingOfWhatIsSaidToAllTakesItsTurnsAllTheSame() {
        fleet.shared(8, 16);
        fleet.links().forEach(link -> link.isDeaf(true));

        var result = fleet.run(400);

        assertThat(result.done()).isEqualTo(400);
        assertThat(result.perSuccess()).isLessThan(1.25);
        assertThat(result.overIdeal()).isLessThan(1.5);
    }

    @Test
    void halfOfAFleetThatIsCutOffGoesOnWithItsPartOfTheRate() {
        fleet.shared(8, 16);
        for (var i = 0; i < 4; i++) {
            var link = fleet.link(i);
            fleet.at(8, () -> link.isSilent(true)).at(25, () -> link.isSilent(false));
        }

        var result = fleet.run(800);

        assertThat(result.done()).isEqualTo(800);
        assertThat(result.perSuccess()).isLessThan(1.25);
        assertThat(result.overIdeal()).isLessThan(1.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.1})
    void refusalsThatDoNotDependOnTheRateDoNotStarveAFleet(double share) {
        var noisy = new FleetSimulation(1000, 1000, 1).refusesAtRandom(share).shared(8, 1);

        var result = noisy.run(100_000, 600);

        assertThat(result.done() / (600 / (2.07 + share / (1 - share) * 1.1) * 8))
                .isGreaterThan(0.8);
        assertThat(result.perSuccess()).isLessThan(1 / (1 - share) * 1.05);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whereAFifthIsRefusedWhateverIsSentAFleetFindsOutAndGoesOn(long seed) {
        var noisy = new FleetSimulation(1000, 1000, seed).refusesAtRandom(0.2).shared(8, 1);

        var result = noisy.run(100_000, 600);

        assertThat(result.done() / (600 / (2.07 + 0.25 * 1.1) * 8)).isGreaterThan(0.4);
        assertThat(result.perSuccess()).isLessThan(1.25 * 1.05);
    }

    @Test
    void stormsOfRefusalsAreNotTakenForChance() {
        var stormy = new FleetSimulation(1000, 1000, 1).storms(60, 10).shared(8, 1);

        var result = stormy.run(100_000, 600);

        assertThat(result.perSuccess()).isLessThan(1.05);
        assertThat(result.done() / (600 * 5 / 6 / 2.07 * 8))
                .as("nor for a slower quota")
                .isGreaterThan(0.8);
    }
}
