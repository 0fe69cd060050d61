package dev.darkroom.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four meet who could not if one ran after the other. */
class SideBySideTest {

    private static final CyclicBarrier MEETING = new CyclicBarrier(4);

    private static void meet() throws Exception {
        assertThat(MEETING.await(1, TimeUnit.MINUTES)).isNotNegative();
    }

    @Test
    @SideBySide
    void aTestThatWaitsRunsBesideTheOthersOfItsClass() throws Exception {
        meet();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @SideBySide
    void soDoItsInvocations(int which) throws Exception {
        assertThat(which).isPositive();
        meet();
    }

    @Test
    void andOneThatSaysNothingHasThemBesideIt() throws Exception {
        meet();
    }

    static final class OneInstance {}

    static final class Reader {

        @NeedsMaterial
        void reads() {}
    }

    @NeedsMaterial
    static final class Readers {}

    @Test
    void whatIsSharedByAnnotationIsRefused() {
        SideBySide.NothingIsShared.check(SideBySideTest.class, Lifecycle.PER_METHOD);
        assertThatIllegalStateException()
                .isThrownBy(() -> SideBySide.NothingIsShared.check(OneInstance.class, Lifecycle.PER_CLASS))
                .withMessageContaining("OneInstance has one instance");
        for (Class<?> reader : List.of(Reader.class, Readers.class)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SideBySide.NothingIsShared.check(reader, Lifecycle.PER_METHOD))
                    .withMessageContaining(reader.getSimpleName() + " reads material");
        }
    }
}
