package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

class SpringBootVersionCheckTest {

    @Test
    void onlyWhatIsOlderThanFourIsTooOld() {
        assertThat(SpringBootVersionCheck.isTooOld("3.5.16")).isTrue();
        assertThat(SpringBootVersionCheck.isTooOld("2.7.18")).isTrue();
        assertThat(SpringBootVersionCheck.isTooOld("4.0.0")).isFalse();
        assertThat(SpringBootVersionCheck.isTooOld("10.0.0")).isFalse();
        assertThat(SpringBootVersionCheck.isTooOld(SpringBootVersion.getVersion()))
                .isFalse();
    }
}
