package dev.darkroom.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Pictures that a test can read with nothing set. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.main.web-application-type=reactive", "darkroom.clients.ark.provider=ark"})
@AutoConfigureImageEmulator
class PicturesInTestsTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({"imageClient, openai/gpt-image-1-mini", "ark, seedream-4-5-251128"})
    void aWebTestClientReadsAPictureOfAnyModel(String client, String model) {
        WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .build()
                .get()
                .uri("/picture?client={client}&model={model}", client, model)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .consumeWith(answer -> assertThat(answer.getResponseBody()).hasSizeBetween(100, 256 * 1024));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Autowired
        private Map<String, ImageClient> clients;

        @GetMapping("/picture")
        Mono<byte[]> picture(@RequestParam String client, @RequestParam String model) {
            return clients.get(client)
                    .result(ImageRequest.of(model, "a lighthouse"))
                    .map(done -> done.first().toByteArray());
        }
    }
}
