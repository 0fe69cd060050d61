package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.internal.http.ExchangeTimer.Phase;
import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExchangeTimerTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ExchangeTimer patience = new ExchangeTimer(Timeouts.defaults()
            .connect(Duration.ofSeconds(1))
            .firstByte(Duration.ofSeconds(10))
            .silence(Duration.ofSeconds(5))
            .total(Duration.ofSeconds(30)));

    @Test
    void noLimitRunsWhileNobodyWaits() {
        patience.enter(Phase.SENT, 0);
        assertThat(patience.nanosLeft(1000 * SECOND)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theFirstByteLimitRunsFromTheRequestOnTheWire() {
        patience.startWaiting(0);
        assertThat(patience.nanosLeft(9 * SECOND))
                .as("connecting: only the total runs")
                .isEqualTo(21 * SECOND);
        patience.enter(Phase.SENT, 9 * SECOND);
        assertThat(patience.nanosLeft(12 * SECOND)).isEqualTo(7 * SECOND);
        assertThat(patience.nanosLeft(19 * SECOND)).isZero();
        assertThat(patience.failure())
                .hasMessage(
                        "no answer within the first-byte timeout of PT10S; timeouts(t -> t.firstByte(..)) gives it more time");
    }

    @Test
    void everyByteEndsASilence() {
        patience.startWaiting(0);
        patience.enter(Phase.ANSWERED, 0);
        patience.bytes(4 * SECOND);
        assertThat(patience.nanosLeft(8 * SECOND)).isEqualTo(SECOND);
        patience.bytes(8 * SECOND);
        assertThat(patience.nanosLeft(8 * SECOND)).isEqualTo(5 * SECOND);
        assertThat(patience.nanosLeft(13 * SECOND)).isZero();
        assertThat(patience.failure())
                .hasMessage(
                        "no byte within the silence timeout of PT5S; timeouts(t -> t.silence(..)) gives it more time");
    }

    @Test
    void aClockThatCountsFromBelowZeroIsAClockToo() {
        patience.startWaiting(-100 * SECOND);
        patience.enter(Phase.SENT, -100 * SECOND);
        assertThat(patience.nanosLeft(-91 * SECOND)).isEqualTo(SECOND);
    }

    @Test
    void aSlowSubscriberUsesUpNoLimit() {
        patience.startWaiting(0);
        patience.enter(Phase.ANSWERED, 0);
        patience.stopWaiting(2 * SECOND);
        patience.startWaiting(3600 * SECOND);
        assertThat(patience.nanosLeft(3600 * SECOND)).isEqualTo(3 * SECOND);
    }

    @Test
    void theTotalAddsUpOverPhases() {
        patience.startWaiting(0);
        patience.enter(Phase.SENT, 9 * SECOND);
        patience.enter(Phase.ANSWERED, 18 * SECOND);
        for (int at = 18; at < 30; at++) {
            patience.bytes(at * SECOND);
        }
        assertThat(patience.nanosLeft(30 * SECOND)).isZero();
        assertThat(patience.failure())
                .hasMessage(
                        "not done within the total timeout, or what the deadline left of it: PT30S; timeouts(t -> t.total(..)) or a later"
                                + " deadline gives it more time");
    }

    @Test
    void aFailureKnowsWhetherTheRequestWasSent() {
        patience.startWaiting(0);
        assertThat(patience.nanosLeft(30 * SECOND)).isZero();
        assertThat(patience.failure().isSent()).isFalse();
        patience.enter(Phase.SENT, 30 * SECOND);
        assertThat(patience.failure().isSent()).isTrue();
    }

    @Test
    void aConnectionThatComesTooLateToSendAnythingSendsNothing() {
        var hurried = new ExchangeTimer(Timeouts.defaults().total(Duration.ofSeconds(10)), Duration.ofSeconds(9));
        hurried.startWaiting(0);
        assertThat(hurried.nanosLeft(0)).isEqualTo(Duration.ofSeconds(9).toNanos());
        assertThat(hurried.send(Duration.ofSeconds(9).toNanos())).isFalse();
        assertThat(hurried.failure().isSent()).isFalse();
        assertThat(hurried.failure()).hasMessageContaining("what the deadline leaves to send anything");
    }

    @Test
    void onceItIsSentTheWholeOfTheDeadlineCounts() {
        var hurried = new ExchangeTimer(Timeouts.defaults().total(Duration.ofSeconds(10)), Duration.ofSeconds(9));
        hurried.startWaiting(0);
        assertThat(hurried.send(Duration.ofSeconds(8).toNanos())).isTrue();
        assertThat(hurried.nanosLeft(Duration.ofSeconds(9).toNanos()))
                .isEqualTo(Duration.ofSeconds(1).toNanos());
    }
}
