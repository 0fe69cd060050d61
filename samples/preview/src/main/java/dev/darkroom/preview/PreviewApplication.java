package dev.darkroom.preview;

import dev.darkroom.Gateways;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.OpenRouter;
import java.util.LinkedHashMap;
import java.util.Optional;
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

    /**
     * Has the last word of all sources, so that each can still be set by hand: the key from the gateway's own variable, its model
     * for a first picture, and the emulator where there is no key.
     */
    private static void emulateWithoutKey(ApplicationEnvironmentPreparedEvent event) {
        var environment = event.getEnvironment();
        var known = new LinkedHashMap<String, Object>();
        var own = gateway(environment.getProperty("darkroom.provider", OpenRouter.NAME));
        own.ifPresent(gateway -> known.put("darkroom.model", gateway.defaultModel()));
        var key = own.map(gateway -> environment.getProperty(gateway.keyVariable()))
                .orElse("");
        known.put("darkroom.api-key", key);
        var hasKey = StringUtils.hasText(environment.getProperty("darkroom.api-key", key));
        known.put("darkroom.emulator.enabled", !hasKey);
        environment.getPropertySources().addLast(new MapPropertySource("gateway", known));
    }

    /** One of a wrong name is for the starter to tell. */
    private static Optional<GatewayProvider> gateway(String name) {
        try {
            return Optional.of(Gateways.named(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
