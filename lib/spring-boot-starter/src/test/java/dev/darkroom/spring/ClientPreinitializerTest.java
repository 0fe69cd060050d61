package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

class ClientPreinitializerTest {

    @Test
    void springBootFindsItAndItLeavesNothingBehindButLoadedClasses() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
                .hasAtLeastOneElementOfType(ClientPreinitializer.class);
        assertThatCode(() -> new ClientPreinitializer().preinitialize()).doesNotThrowAnyException();
    }
}
