package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileCirclesTest {

    @Test
    void filesStandInNoCircle() {
        assertThat(FileCircles.of(FileCircles.class)).isEmpty();
    }

    @Test
    void aCircleIsNamedOnceWithAllThatStandInIt() {
        assertThat(FileCircles.among(Map.of(
                        "a", Set.of("b", "d"),
                        "b", Set.of("c"),
                        "c", Set.of("a"),
                        "d", Set.of("e"),
                        "f", Set.of("f", "a"))))
                .containsExactly("a b c");
    }

    /** Each names the other in its own way: a parameter, and what a list holds. */
    @Test
    void aCircleInClassesIsFoundAndASealedTypeWithItsHeirsIsNone() {
        assertThat(FileCircles.of(FileCirclesTest.class))
                .containsExactly("dev.darkroom.testsupport.CircleOne dev.darkroom.testsupport.CircleTwo");
    }
}

interface CircleOne {
    List<CircleTwo> all();
}

interface CircleTwo {
    void take(CircleOne one);
}

sealed interface CircleParent permits CircleHeir {}

record CircleHeir() implements CircleParent {}
