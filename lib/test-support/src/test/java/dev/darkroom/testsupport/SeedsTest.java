package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedsTest {

    @AfterEach
    void asUsual() {
        System.clearProperty("test.seed");
    }

    @Test
    void theSeedsAreManyAndTheSameEachTime() {
        var first = new ArrayList<Long>();
        var again = new ArrayList<Long>();
        Seeds.tries(1000, first::add);
        Seeds.tries(1000, again::add);
        assertThat(new HashSet<>(first)).hasSize(1000);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void aFailureNamesTheSeedWithWhichItIsSeenAgainAtOnce() {
        var seeds = new ArrayList<Long>();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Seeds.tries(5, seed -> {
                    seeds.add(seed);
                    assertThat(seeds).as("the third").hasSizeLessThan(3);
                }))
                .withMessageContaining("the third")
                .withMessageContaining("try 3 of 5; -Dtest.seed=" + seeds.get(2))
                .withCauseInstanceOf(AssertionError.class);

        System.setProperty("test.seed", seeds.get(2).toString());
        var repeated = new ArrayList<Long>();
        Seeds.tries(1, repeated::add);
        assertThat(repeated).containsExactly(seeds.get(2));
    }
}
