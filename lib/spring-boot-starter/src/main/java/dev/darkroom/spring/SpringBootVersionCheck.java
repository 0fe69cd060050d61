package dev.darkroom.spring;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Fails with a message that this starter needs Spring Boot 4, before the classes that only Spring Boot 4 has are missed. Uses nothing that an
 * older one lacks.
 */
final class SpringBootVersionCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var version = SpringBootVersion.getVersion();
        if (isTooOld(version)) {
            throw new IllegalStateException("darkroom-spring-boot-starter needs Spring Boot 4, and this is " + version
                    + ": make the client yourself, darkroom-client alone works there");
        }
    }

    static boolean isTooOld(String version) {
        return version.matches("[1-3]\\..*");
    }
}
