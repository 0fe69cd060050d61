package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class ActuatorTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DarkroomAutoConfiguration.class,
                    ActuatorAutoConfiguration.class,
                    ConfigurationPropertiesReportEndpointAutoConfiguration.class,
                    EnvironmentEndpointAutoConfiguration.class))
            .withPropertyValues(
                    "management.endpoints.web.exposure.include=*",
                    "management.endpoints.jmx.exposure.include=*",
                    "management.endpoint.env.show-values=always",
                    "management.endpoint.configprops.show-values=always",
                    "darkroom.api-key=hidden-1",
                    "darkroom.model=shown-1",
                    "darkroom.headers.X-Token=hidden-2",
                    "darkroom.proxy.host=127.0.0.1",
                    "darkroom.proxy.port=1",
                    "darkroom.proxy.username=hidden-3",
                    "darkroom.proxy.password=hidden-4",
                    "darkroom.clients.posters.api-key=hidden-5",
                    "darkroom.clients.posters.model=shown-2",
                    "darkroom.clients.posters.headers.X-Token=hidden-6");

    @Test
    void noSecretIsReportedAlsoWhereValuesAreShown() {
        runner.run(context -> {
            var properties = JsonMapper.shared()
                    .writeValueAsString(context.getBean(ConfigurationPropertiesReportEndpoint.class)
                            .configurationProperties());
            var environment = JsonMapper.shared()
                    .writeValueAsString(
                            context.getBean(EnvironmentEndpoint.class).environment(null));

            assertThat(properties).contains("shown-1", "shown-2").doesNotContain("hidden");
            assertThat(environment).contains("shown-1", "shown-2").doesNotContain("hidden");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "darkroom.api-key",
                "darkroom.apiKey",
                "darkroom_apikey",
                "darkroom_clients_posters_apikey",
                "darkroom.clients.posters.api_key",
                "darkroom.proxy.password",
                "darkroom.headers.x-token",
                "darkroom.gate.redis.url"
            })
    void aSecretIsKnownInEverySpelling(String key) {
        assertThat(ActuatorAutoConfiguration.isSecret(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"darkroom.model", "darkroom.base-url", "spring.application.name", "other.api-key"})
    void whatIsNoneIsLeftAlone(String key) {
        assertThat(ActuatorAutoConfiguration.isSecret(key)).isFalse();
    }

    @Test
    void itIsNotMissedWhereThereIsNoActuator() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DarkroomAutoConfiguration.class, ActuatorAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                .withPropertyValues("darkroom.api-key=sk-test")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ActuatorAutoConfiguration.class));
    }
}
