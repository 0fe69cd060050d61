package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.internal.http.ExchangeTimer.Phase;
import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExchangeTimerTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ExchangeTimer timer = new ExchangeTimer(
            Timeouts.defaults()
                    .connect(Duration.ofSeconds(1))
                    .firstByte(Duration.ofSeconds(10))
                    .silence(Duration.ofSeconds(5))
                    .total(Duration.ofSeconds(30)),
            null);

    @Test
    void noLimitRunsWhileNobodyWaits() {
        timer.enter(Phase.SENT, 0);
        assertThat(timer.nanosLeft(1000 * SECOND)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theFirstByteLimitRunsFromTheRequestOnTheWire() {
        timer.startWaiting(0);
        assertThat(timer.nanosLeft(9 * SECOND))
                .as("connecting: only the total runs")
                .isEqualTo(21 * SECOND);
        timer.enter(Phase.SENT, 9 * SECOND);
        assertThat(timer.nanosLeft(12 * SECOND)).isEqualTo(7 * SECOND);
        assertThat(timer.nanosLeft(19 * SECOND)).isZero();
        assertThat(timer.failure(true))
                .hasMessage("no answer within the first-byte timeout of PT10S; timeouts(t -> t.firstByte(..)) gives it"
                        + " more time");
    }

    @Test
    void everyByteEndsASilence() {
        timer.startWaiting(0);
        timer.enter(Phase.ANSWERED, 0);
        timer.bytes(4 * SECOND);
        assertThat(timer.nanosLeft(8 * SECOND)).isEqualTo(SECOND);
        timer.bytes(8 * SECOND);
        assertThat(timer.nanosLeft(8 * SECOND)).isEqualTo(5 * SECOND);
        assertThat(timer.nanosLeft(13 * SECOND)).isZero();
        assertThat(timer.failure(true))
                .hasMessage(
                        "no byte within the silence timeout of PT5S; timeouts(t -> t.silence(..)) gives it more time");
    }

    @Test
    void aClockThatCountsFromBelowZeroIsAClockToo() {
        timer.startWaiting(-100 * SECOND);
        timer.enter(Phase.SENT, -100 * SECOND);
        assertThat(timer.nanosLeft(-91 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void aSlowSubscriberUsesUpNoLimit() {
        timer.startWaiting(0);
        timer.enter(Phase.ANSWERED, 0);
        timer.stopWaiting(2 * SECOND);
        timer.startWaiting(3600 * SECOND);
        assertThat(timer.nanosLeft(3600 * SECOND)).isEqualTo(3 * SECOND);
    }

    @Test
    void theTotalAddsUpOverPhases() {
        timer.startWaiting(0);
        timer.enter(Phase.SENT, 9 * SECOND);
        timer.enter(Phase.ANSWERED, 18 * SECOND);
        for (int at = 18; at < 30; at++) {
            timer.bytes(at * SECOND);
        }
        assertThat(timer.nanosLeft(30 * SECOND)).isZero();
        assertThat(timer.failure(true))
                .hasMessage("not done within the total timeout, or what the deadline left of it: PT30S; timeouts(t ->"
                        + " t.total(..)) or a later deadline gives it more time");
    }

    @Test
    void theBodyOfAnAnswerMayHaveALimitOfItsOwnWhichNoByteMoves() {
        timer.startWaiting(0);
        timer.answered(Duration.ofSeconds(2), SECOND);
        timer.bytes(2 * SECOND);
        assertThat(timer.nanosLeft(2 * SECOND)).isEqualTo(SECOND);
        assertThat(timer.nanosLeft(3 * SECOND)).isZero();
        assertThat(timer.failure(true)).hasMessage("the body of the answer did not come within PT2S");
    }

    @Test
    void whoeverLooksIsToldOfALimitThatMayRunOutBefore() {
        var told = new AtomicInteger();
        timer.onSooner(told::incrementAndGet);
        timer.answered(null, 0);
        assertThat(told).hasValue(0);
        timer.answered(Duration.ofSeconds(2), 0);
        assertThat(told).hasValue(1);
    }
}
