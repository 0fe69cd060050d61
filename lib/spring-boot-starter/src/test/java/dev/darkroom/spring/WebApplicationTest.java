package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Size;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Whole applications with all that Boot configures, over HTTP. */
class WebApplicationTest {

    private static ConfigurableApplicationContext application(WebApplicationType type, String... properties) {
        return new SpringApplicationBuilder(Gallery.class)
                .web(type)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.threads.virtual.enabled=true",
                        "management.endpoints.web.exposure.include=health,metrics",
                        "management.endpoint.health.show-details=always",
                        "management.health.redis.enabled=false", // its client is on our path, and no server is there
                        "darkroom.emulator.enabled=true",
                        "darkroom.emulator.latency=0s",
                        "darkroom.emulator.partials=2",
                        "darkroom.model=openai/gpt-image-1-mini",
                        "darkroom.clients.thumbnails.rate-limits.max-wait=1s")
                .properties(properties)
                .run();
    }

    private static String get(ConfigurableApplicationContext application, String path) {
        var answer = ask(application, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static HttpResponse<String> ask(ConfigurableApplicationContext application, String path) {
        var port = application.getEnvironment().getProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void previewsReachTheBrowserAndTheActuatorTellsOfThem(WebApplicationType type) {
        try (var application = application(type)) {
            assertThat(get(application, "/preview").lines().filter(line -> line.startsWith("event:")))
                    .containsExactly("event:Partial", "event:Partial", "event:ImageReady", "event:Completed");
            assertThat(get(application, "/actuator/health"))
                    .contains("\"groups\":", "\"darkroom\"", "\"status\":\"UP\"")
                    .doesNotContain("imageGateways");
            assertThat(get(application, "/actuator/health/darkroom"))
                    .contains("\"imageGateways\"", "\"imageClient\"", "\"thumbnails\"", "\"status\":\"UP\"");
            assertThat(get(application, "/actuator/metrics/gen_ai.client.operation.duration"))
                    .contains("\"success\"", "\"imageClient\"");
            assertThat(get(application, "/actuator/metrics/darkroom.gate.waiting"))
                    .contains("127.0.0.1");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = WebApplicationType.class,
            names = {"SERVLET", "REACTIVE"})
    void aGatewayThatIsDownTakesNothingButItsOwnGroupDown(WebApplicationType type) {
        try (var application = application(
                type,
                "darkroom.emulator.enabled=false",
                "darkroom.api-key=sk-test",
                "darkroom.base-url=http://127.0.0.1:1/api",
                "management.endpoint.health.probes.enabled=true",
                "management.endpoint.health.group.mine.include=imageGateways")) {
            assertThat(get(application, "/actuator/health")).contains("\"status\":\"UP\"");
            assertThat(get(application, "/actuator/health/readiness")).contains("\"status\":\"UP\"");
            for (var group : List.of("darkroom", "mine")) {
                var answer = ask(application, "/actuator/health/" + group);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("\"status\":\"DOWN\"", "\"imageClient\"");
            }
        }
    }

    @Test
    void aServletMayBlock() {
        try (var application = application(WebApplicationType.SERVLET)) {
            assertThat(get(application, "/blocking")).isEqualTo("1 image");
            assertThat(application.getBean(RunningEmulator.class).journal().accepted())
                    .hasSize(1);
            assertThat(application
                            .getBean(MeterRegistry.class)
                            .get("gen_ai.client.operation.duration")
                            .tag("darkroom.client", "thumbnails")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    @RestController
    @EnableAutoConfiguration
    static class Gallery {

        private static final ImageRequest REQUEST =
                ImageRequest.of("", "a lighthouse").size(Size.pixels(64, 64));

        private final ImageGenerator images;
        private final ImageClient thumbnails;

        Gallery(ImageGenerator images, @Qualifier("thumbnails") ImageClient thumbnails) {
            this.images = images;
            this.thumbnails = thumbnails;
        }

        @GetMapping(path = "/preview", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ServerSentEvent<String>> preview() {
            return images.generate(REQUEST.stream(true)).map(Gallery::named);
        }

        private static ServerSentEvent<String> named(ImageEvent event) {
            return ServerSentEvent.builder("-")
                    .event(event.getClass().getSimpleName())
                    .build();
        }

        @GetMapping("/blocking")
        String blocking() {
            return thumbnails
                            .result(REQUEST)
                            .block(Duration.ofMinutes(3))
                            .images()
                            .size() + " image";
        }
    }
}
