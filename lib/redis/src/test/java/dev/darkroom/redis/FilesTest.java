package dev.darkroom.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.FileCircles;
import org.junit.jupiter.api.Test;

class FilesTest {

    @Test
    void filesStandInNoCircle() {
        assertThat(FileCircles.of(RedisRateGate.class)).isEmpty();
    }
}
