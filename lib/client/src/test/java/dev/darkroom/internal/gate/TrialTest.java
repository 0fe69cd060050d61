package dev.darkroom.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What becomes of a refusal that came sooner than any limit explains. */
class TrialTest {

    private static final double TRIP = 0.01;

    private final Admission law = new Admission(() -> 0);
    private double now;

    /** A pace of some ten a second, learned from many. */
    private void learn() {
        for (var i = 0; i < 40; i++) {
            accept();
        }
        refuse();
        now = law.closedUntil();
        accept();
        assertThat(law.pace()).isBetween(5.0, 20.0);
    }

    private void pause() {
        now += Math.max(0.1, law.wait(now, 1));
    }

    private void accept() {
        pause();
        var call = law.send(now, 1);
        now += TRIP;
        law.accepted(now, call);
        law.ended(call);
    }

    private double refuse() {
        pause();
        var call = law.send(now, 1);
        now += TRIP;
        return law.refused(now, call, 1);
    }

    @Test
    void whoIsRefusedOddlySoonWaitsAloneWhileOneAtATimeIsTried() {
        learn();
        accept();
        assertThat(refuse()).isGreaterThanOrEqualTo(1);
        assertThat(law.shut()).isFalse();
        assertThat(law.wait(now, 1)).isLessThanOrEqualTo(0);
        law.send(now, 1);
        assertThat(law.wait(now, 1)).as("until it is judged").isGreaterThan(0);
    }

    @Test
    void whenOneWasTakenTwoAreTriedTogether() {
        learn();
        accept();
        refuse();
        var first = law.send(now, 1);
        law.accepted(now, first);
        law.send(now, 1);
        assertThat(law.wait(now, 1)).as("beside the next").isLessThanOrEqualTo(0);
        law.send(now, 1);
        assertThat(law.wait(now, 1)).as("and no third").isGreaterThan(0);
    }

    @Test
    void whereTrialsAreRefusedAgainAndAgainFewerAreMade() {
        learn();
        var trials = 0;
        for (var odd = 0; odd < 6; odd++) {
            accept();
            if (refuse() > 0) {
                trials++;
                refuse();
            }
            assertThat(law.shut()).isTrue();
            now = law.closedUntil();
            accept();
        }
        assertThat(trials).as("the first, second, fourth").isEqualTo(3);
    }

    @Test
    void whoIsRefusedOnTrialClosesTheGateForAll() {
        learn();
        accept();
        refuse();
        assertThat(refuse()).isZero();
        assertThat(law.shut()).isTrue();
    }

    @Test
    void whoIsRefusedWhenALimitMayWellBeReachedClosesTheGateAtOnce() {
        learn();
        for (var i = 0; i < 30; i++) {
            accept();
        }
        assertThat(refuse()).isZero();
        assertThat(law.shut()).isTrue();
    }

    @Test
    void twoTrialsWhichTakeMoreThanALimitWouldAreNoise() {
        learn();
        for (var trial = 0; trial < 2; trial++) {
            assertThat(law.noise()).isFalse();
            accept();
            refuse();
            for (var i = 0; i < 2; i++) {
                var call = law.send(now, 1);
                now += TRIP;
                law.accepted(now, call);
                law.ended(call);
            }
        }
        assertThat(law.noise()).isTrue();
        assertThat(refuse()).as("waits alone").isGreaterThanOrEqualTo(1);
        assertThat(law.shut()).isFalse();
    }

    @Test
    void acceptedNoFasterThanThePaceIsNoProofOfNoise() {
        learn();
        for (var trial = 0; trial < 4; trial++) {
            accept();
            refuse();
            for (var i = 0; i < Trial.CALLS; i++) {
                now += 0.2;
                accept();
            }
        }
        assertThat(law.shut()).isFalse();
        assertThat(law.noise()).isFalse();
    }
}
