package example.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The controllers that documents show, asked over HTTP, on either kind of server. */
class DocumentedControllersTest {

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void aBrowserGetsAPictureAndSeesAnotherOneDevelop(WebApplicationType type) throws Exception {
        try (var application = new SpringApplicationBuilder(Application.class)
                .web(type)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "darkroom.emulator.enabled=true",
                        "darkroom.emulator.latency=0s",
                        "darkroom.emulator.partials=2",
                        "darkroom.model=openai/gpt-image-1-mini")
                .run()) {
            var picture = get(application, "/lighthouse");
            assertThat(picture.headers().firstValue("content-type")).hasValue("image/png");
            assertThat(picture.body()).startsWith(0x89, 'P', 'N', 'G');

            var events = new String(get(application, "/develop?prompt=dusk").body(), StandardCharsets.UTF_8);
            assertThat(events.lines().filter(line -> !line.isEmpty()).map(line -> line.replaceAll(",.*", "")))
                    .isNotEmpty()
                    .allMatch("data:data:image/png;base64"::equals);
        }
    }

    private static HttpResponse<byte[]> get(ConfigurableApplicationContext application, String path) throws Exception {
        var port = application.getEnvironment().getProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Gallery.class, Developing.class})
    static class Application {}
}
