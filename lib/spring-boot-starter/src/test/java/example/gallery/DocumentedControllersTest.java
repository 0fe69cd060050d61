package example.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/** The controllers that documents show, asked over HTTP, on either kind of server. */
class DocumentedControllersTest {

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void aBrowserGetsAPictureAndSeesAnotherOneDevelop(WebApplicationType type) throws Exception {
        try (var application = new SpringApplicationBuilder(Gallery.class)
                .web(type)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "darkroom.emulator.enabled=true",
                        "darkroom.emulator.latency=0s",
                        "darkroom.emulator.partials=2",
                        "darkroom.emulator.shrink=2",
                        "darkroom.web.events.head-wait=1m",
                        "darkroom.model=openai/gpt-image-1-mini")
                .run()) {
            var picture = get(application, "/lighthouse");
            assertThat(picture.headers().firstValue("content-type")).hasValue("image/png");
            assertThat(picture.body()).startsWith(0x89, 'P', 'N', 'G');

            assertThat(named(get(application, "/develop?prompt=dusk")))
                    .endsWith("event:image_ready", "event:completed")
                    .doesNotContain("event:failed");
            assertThat(text(get(application, "/develop.html"))).contains("source.close()");

            var client = application
                    .getBean(WebClient.class)
                    .mutate()
                    .baseUrl(address(application))
                    .build();
            assertThat(client.get()
                            .uri("/develop?prompt=noon")
                            .accept(MediaType.TEXT_EVENT_STREAM)
                            .retrieve()
                            .bodyToFlux(ImageEvent.class)
                            .blockLast(Duration.ofMinutes(1)))
                    .isInstanceOfSatisfying(
                            ImageEvent.Completed.class,
                            done -> assertThat(done.result().first().size()).isGreaterThan(256 << 10));

            application.getBean(RunningEmulator.class).enqueue(Fault.MODERATION);
            var refused = get(application, "/develop?prompt=dusk");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(text(refused)).contains("urn:darkroom:problem:moderation");
        }
    }

    /** The names of the events, before which the browser is kept from asking again by itself. */
    private static List<String> named(HttpResponse<byte[]> answer) {
        assertThat(text(answer)).startsWith(":\nid:0\nretry:1728000000\n\n");
        return text(answer).lines().filter(line -> line.startsWith("event:")).toList();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String address(ConfigurableApplicationContext application) {
        return "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    }

    private static HttpResponse<byte[]> get(ConfigurableApplicationContext application, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address(application) + path))
                .timeout(Duration.ofSeconds(60))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }
}
