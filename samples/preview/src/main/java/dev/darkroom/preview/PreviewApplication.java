package dev.darkroom.preview;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/** The sample's main class: {@code java -jar darkroom-preview.jar}, then open http://localhost:8080. */
@SpringBootApplication
@EnableConfigurationProperties(PreviewProperties.class)
public class PreviewApplication {

    /** For Spring. */
    PreviewApplication() {}

    /**
     * Starts the page: at the real gateway if there is a key, otherwise at the emulator.
     *
     * @param args Spring Boot's, for example {@code --server.port=9000}
     */
    public static void main(String[] args) {
        application().run(args);
    }

    static SpringApplication application() {
        var application = new SpringApplication(PreviewApplication.class);
        application.addListeners(
                (ApplicationListener<ApplicationEnvironmentPreparedEvent>) PreviewApplication::emulateWithoutKey);
        return application;
    }

    /** Has the last word of all sources, so that {@code darkroom.emulator.enabled} can still be set by hand. */
    private static void emulateWithoutKey(ApplicationEnvironmentPreparedEvent event) {
        var environment = event.getEnvironment();
        var hasKey = StringUtils.hasText(environment.getProperty("darkroom.api-key"));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("no key", Map.of("darkroom.emulator.enabled", !hasKey)));
    }
}
