package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

class SpringBootCheckTest {

    @Test
    void onlyWhatIsOlderThanFourIsTooOld() {
        assertThat(SpringBootCheck.isTooOld("3.5.16")).isTrue();
        assertThat(SpringBootCheck.isTooOld("2.7.18")).isTrue();
        assertThat(SpringBootCheck.isTooOld("4.0.0")).isFalse();
        assertThat(SpringBootCheck.isTooOld("10.0.0")).isFalse();
        assertThat(SpringBootCheck.isTooOld(SpringBootVersion.getVersion())).isFalse();
    }
}
