package consumer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** The starter is for Spring Boot 4; an application on 3.5 is told so, and not which class is missing. */
class StarterOnBoot35Test {

    @EnableAutoConfiguration
    static class Application {}

    @Test
    void theStarterSaysWhichSpringBootItNeeds() {
        assertTrue(SpringBootVersion.getVersion().startsWith("3.5."));
        var failure = assertThrows(
                IllegalStateException.class,
                () -> SpringApplication.run(Application.class, "--darkroom.api-key=sk-test").close());
        assertTrue(failure.getMessage().contains("needs Spring Boot 4"), failure.getMessage());
    }
}
