package dev.darkroom.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.settings.Timeouts;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OnTheWireTest {

    private final ExchangeTimer timer =
            new ExchangeTimer(Timeouts.defaults().total(Duration.ofSeconds(10)), Duration.ofSeconds(9));
    private final OnTheWire wire = new OnTheWire(timer);

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void aRequestCountsAsSentFromItsFirstByteOn() {
        assertThat(wire.isSent()).isFalse();
        assertThat(wire.begin(0)).isTrue();
        assertThat(wire.isSent()).isTrue();
        assertThat(wire.giveUp()).isTrue();
    }

    @Test
    void whatWasGivenUpBeforeNeverGetsThere() {
        assertThat(wire.giveUp()).isFalse();
        assertThat(wire.begin(0)).isFalse();
        assertThat(wire.isSent()).isFalse();
    }

    @Test
    void aConnectionThatComesTooLateToSendAnythingSendsNothing() {
        timer.startWaiting(0);
        assertThat(timer.nanosLeft(0)).isEqualTo(seconds(9));
        assertThat(wire.begin(seconds(9))).isFalse();
        assertThat(timer.failure(wire.giveUp()).isSent()).isFalse();
        assertThat(timer.failure(false)).hasMessageContaining("what the deadline leaves to send anything");
    }

    @Test
    void onceItIsSentTheWholeOfTheDeadlineCounts() {
        timer.startWaiting(0);
        assertThat(wire.begin(seconds(8))).isTrue();
        assertThat(timer.nanosLeft(seconds(9))).isEqualTo(seconds(1));
    }
}
