package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.darkroom.ImageClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What Spring Boot prints when an application does not start, which is a log like any other: never a key, never a password. */
@ExtendWith(OutputCaptureExtension.class)
class FailureReportTest {

    private static final String CANARY = "sk-or-v1-canary";

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DarkroomAutoConfiguration.class)
    static class Application {}

    private static ConfigurableApplicationContext start(Map<String, Object> environment, String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(org.springframework.boot.Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment)))
                .run(arguments);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "DARKROOM_APIKEY | \"sk-or-v1-canary\u0007x\" | darkroom.api-key | visible ASCII",
                "DARKROOM_APIKEY | \"sk-or-v1-canary\n\nx\" | darkroom.api-key | visible ASCII",
                "DARKROOM_APIKEY | sk-or-v1-canary\u00e4 | darkroom.api-key | visible ASCII",
                "DARKROOM_APIKEY | sk-or-v1-canary x | darkroom.api-key | visible ASCII",
                "DARKROOM_APIKEY | ${nobody.sets-this}sk-or-v1-canary | darkroom.api-key | placeholder",
                "DARKROOM_CLIENTS_POSTERS_APIKEY | sk-or-v1-canary\u00e4 | darkroom.clients.posters.api-key | visible ASCII",
                "DARKROOM_CLIENTS_POSTERS | sk-or-v1-canary | darkroom.clients.posters | under a name of its own",
                "DARKROOM_CLIENTS | sk-or-v1-canary | darkroom.clients | under a name of its own",
                "DARKROOM_HEADERS | X-Token: sk-or-v1-canary | darkroom.headers | under a name of its own",
                "DARKROOM_HEADERS_XTOKEN | sk-or-v1-canary\u00e4 | darkroom.headers.xtoken | visible ASCII",
                "DARKROOM_BASEURL | https://me:sk-or-v1-canary@example.org | darkroom.base-url | without user",
                "DARKROOM_BASEURL | https://example.org/#sk-or-v1-canary | darkroom.base-url | without user",
                "DARKROOM_BASEURL | sk-or-v1-canary | darkroom.base-url | http(s)",
                "DARKROOM_PROXY | http://me:sk-or-v1-canary@proxy:3128 | darkroom.proxy | under a name of its own",
                "DARKROOM_PROXY_HOST | http://me:sk-or-v1-canary@proxy | darkroom.proxy.host | a name or an address alone",
            })
    void aFailureReportNamesThePropertyAndShowsNoSecret(
            String variable, String value, String property, String why, CapturedOutput output) {
        var environment = new LinkedHashMap<String, Object>(Map.of("DARKROOM_APIKEY", "sk-fine"));
        environment.put(variable, value);

        var failure = catchThrowable(() -> start(environment).close());

        assertThat(failure).isNotNull();
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", property, why, "not shown")
                .doesNotContain("canary");
        assertThat(trace(failure)).doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({"DARKROOM_PROXY_PORT, proxy.port, no Integer", "DARKROOM_PROXY_TYPE, proxy.type, no Proxy"})
    void aPartOfAProxyThatCannotBeBoundIsNotShownEither(
            String variable, String property, String why, CapturedOutput output) {
        catchThrowable(() -> start(Map.of(variable, "me:" + CANARY + "@proxy")).close());

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START", "darkroom." + property, why, "not shown", variable)
                .doesNotContain("canary");
    }

    @Test
    void whatIsNoSecretIsShownAsElsewhere(CapturedOutput output) {
        catchThrowable(() -> start(Map.of(), "--darkroom.api-key=" + CANARY, "--darkroom.limits.image-bytes=12 parsecs")
                .close());

        assertThat(output.getAll())
                .contains("12 parsecs", "darkroom.limits.image-bytes")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"sk-or-v1-canary \"",
                "\"sk-or-v1-canary\n\"",
                "\"  sk-or-v1-canary\r\n\"",
                "\"\tsk-or-v1-canary\u00a0\""
            })
    void aBlankAroundAKeyIsNoFault(String key, CapturedOutput output) {
        try (var context = start(Map.of("DARKROOM_APIKEY", key))) {
            assertThat(context.getBean(ImageClient.class).toString()).doesNotContain("canary");
            assertThat(context.getBean(ClientProperties.class).toString()).doesNotContain("canary");
            assertThat(context.getBean(NamedClientProperties.class).toString()).doesNotContain("canary");
        }
        assertThat(output.getAll()).doesNotContain("canary");
    }

    private static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
