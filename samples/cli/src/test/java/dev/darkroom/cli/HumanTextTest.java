package dev.darkroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HumanTextTest {

    @Test
    void theWaitIsRoundedUpAndNeverNegative() {
        var now = Instant.parse("2026-11-20T10:00:00Z");
        assertThat(HumanText.wait(now, now.plusMillis(11_001))).isEqualTo("12 s");
        assertThat(HumanText.wait(now, now.plusSeconds(12))).isEqualTo("12 s");
        assertThat(HumanText.wait(now, now.minusSeconds(1))).isEqualTo("0 s");
    }

    @Test
    void bytesAreRoundedForPeople() {
        assertThat(HumanText.bytes(999)).isEqualTo("999 bytes");
        assertThat(HumanText.bytes(12_345)).isEqualTo("12 kB");
        assertThat(HumanText.bytes(1_400_000)).isEqualTo("1.4 MB");
    }

    @Test
    void whatAGatewaySaysCannotSteerTheTerminal() {
        assertThat(HumanText.clean("a\u001b[2Jb\u009b1mc\nd")).isEqualTo("a [2Jb 1mc d");
    }
}
