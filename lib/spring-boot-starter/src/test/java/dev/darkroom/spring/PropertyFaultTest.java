package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What cannot be is said by its property, its value and what would do. */
class PropertyFaultTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class, SslAutoConfiguration.class));

    private final ApplicationContextRunner keyed = runner.withPropertyValues("darkroom.api-key=sk-secret");

    private static InvalidConfigurationPropertyValueException fault(ApplicationContextRunner runner) {
        var faults = new ArrayList<InvalidConfigurationPropertyValueException>();
        runner.run(context -> {
            var cause = context.getStartupFailure();
            while (cause != null && !(cause instanceof InvalidConfigurationPropertyValueException)) {
                cause = cause.getCause();
            }
            assertThat(cause).isInstanceOf(InvalidConfigurationPropertyValueException.class);
            faults.add((InvalidConfigurationPropertyValueException) cause);
        });
        return faults.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeouts.connect | 0s | timeouts.connect | more than zero",
                "timeouts.first-byte | -1s | timeouts.first-byte | more than zero",
                "timeouts.silence | 0s | timeouts.silence | more than zero",
                "timeouts.total | 0s | timeouts.total | more than zero",
                "rate-limits.max-wait | -1s | rate-limits.max-wait | not be negative",
                "rate-limits.least-time-to-send | -1s | rate-limits.least-time-to-send | not be negative",
                "deadline | 0s | deadline | more than zero",
                "limits.image-bytes | 0B | limits.image-bytes | more than zero",
                "limits.text-bytes | -5MB | limits.text-bytes | more than zero",
                "limits.response-bytes | 0B | limits.response-bytes | more than zero",
                "limits.images | 0 | limits.images | more than zero",
                "limits.heap-bytes | 0B | limits.heap-bytes | more than zero",
                "limits.head-bytes | 0B | limits.head-bytes | more than zero",
                "downloads.timeout | 0s | downloads.timeout | more than zero",
                "downloads.allow[0] | http://x/ | downloads.allow | without scheme",
                "attribution.url | h\u00f6 | attribution.url | visible ASCII",
                "attribution.title | h\u00f6 | attribution.title | visible ASCII",
                "proxy.port | 3128 | proxy.host | needs a host",
                "proxy.host | proxy | proxy.port | 1 to 65535",
                "ssl.bundle | mine | ssl.bundle | spring.ssl.bundle"
            })
    void aValueThatCannotBeIsNamedByItsPropertyAndSaysWhatWouldDo(
            String property, String value, String named, String why) {
        var fault = fault(keyed.withPropertyValues("darkroom." + property + "=" + value));

        assertThat(fault.getName()).isEqualTo("darkroom." + named);
        assertThat(fault.getReason()).contains(why);
        assertThat(fault.getMessage()).doesNotContain("sk-secret", "sk\u00e4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"port=70000", "latency=-1s", "partials=21", "quota=0"})
    void soAreTheEmulators(String property) {
        var fault = fault(runner.withPropertyValues("darkroom.emulator.enabled=true", "darkroom.emulator." + property));

        assertThat(fault.getName()).isEqualTo("darkroom.emulator." + property.substring(0, property.indexOf('=')));
    }

    @Test
    void aProxyOfTooHighAPortOrWithAPatternThatIsNoneIsNamed() {
        var proxied = keyed.withPropertyValues("darkroom.proxy.host=proxy");

        assertThat(fault(proxied.withPropertyValues("darkroom.proxy.port=70000"))
                        .getValue())
                .isEqualTo(70_000);
        assertThat(fault(proxied.withPropertyValues("darkroom.proxy.port=1", "darkroom.proxy.non-proxy-hosts=*.org"))
                        .getName())
                .isEqualTo("darkroom.proxy.non-proxy-hosts");
    }

    @Test
    void aBaseUrlThatIsNoneIsNotShown() {
        for (var url : List.of("https://me:hidden@example.org/ api", "ftp://example.org", "not a url")) {
            keyed.withPropertyValues("darkroom.base-url=" + url)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOf(UnusableSecretException.class)
                            .hasMessageContaining("darkroom.base-url")
                            .hasMessageContaining("http(s)://host")
                            .hasMessageNotContaining(url));
        }
    }

    @Test
    void aGatewayWithoutACatalogueIsNotHeldAgainstOne() {
        var fault = fault(keyed.withPropertyValues("darkroom.provider=ark", "darkroom.catalogue-check=refuse"));

        assertThat(fault.getName()).isEqualTo("darkroom.catalogue-check");
        assertThat(fault.getReason()).contains("ark has no catalogue");
    }

    @Test
    void whatANamedClientInheritsIsNamedWhereItIsWritten() {
        var one = runner.withPropertyValues("darkroom.clients.posters.api-key=sk-two");

        assertThat(fault(one.withPropertyValues("darkroom.limits.image-bytes=0B"))
                        .getName())
                .isEqualTo("darkroom.limits.image-bytes");
        assertThat(fault(one.withPropertyValues("darkroom.clients.posters.limits.image-bytes=0B"))
                        .getName())
                .isEqualTo("darkroom.clients.posters.limits.image-bytes");
        assertThat(fault(one.withPropertyValues("darkroom.downloads.allow=http://x/"))
                        .getName())
                .isEqualTo("darkroom.downloads.allow");
    }

    @Test
    void aClientNamedLikeAnotherBeanIsNamed() {
        var other = keyed.withPropertyValues("darkroom.clients.gallery.drop-unsupported-options=true")
                .withUserConfiguration(Gallery.class)
                .withAllowBeanDefinitionOverriding(false);

        assertThat(fault(other).getValue()).isEqualTo("gallery");
        assertThat(fault(keyed.withPropertyValues("darkroom.clients.imageClient.drop-unsupported-options=true")
                                .withAllowBeanDefinitionOverriding(false))
                        .getReason())
                .contains("another bean of this name");
    }

    @Test
    void anUnknownProviderIsToldFromThoseThatThereAre() {
        keyed.withPropertyValues("darkroom.provider=none")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("none")
                        .hasMessageContaining("openrouter, token360"));
    }

    @Test
    void theEnvironmentNamesClientsAndTheirPropertiesInItsOwnSpelling() {
        var environment = Map.<String, Object>of(
                "DARKROOM_APIKEY", "sk-one", "DARKROOM_CLIENTS_THUMBNAILS_LIMITS_IMAGEBYTES", "-1MB");
        var inEnvironment = runner.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment)));

        assertThat(fault(inEnvironment).getName()).isEqualTo("darkroom.clients.thumbnails.limits.image-bytes");
    }

    @Configuration(proxyBeanMethods = false)
    static class Gallery {
        @Bean
        String gallery() {
            return "not a client";
        }
    }
}
