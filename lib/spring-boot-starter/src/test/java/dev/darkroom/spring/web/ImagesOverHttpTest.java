package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A picture that a controller returns is a body that says what it is, on either kind of server. */
@ParameterizedClass
@EnumSource(
        value = WebApplicationType.class,
        names = {"SERVLET", "REACTIVE"})
class ImagesOverHttpTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};
    private static final Servers SERVERS = new Servers(Application.class);

    private final WebApplicationType type;

    ImagesOverHttpTest(WebApplicationType type) {
        this.type = type;
    }

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    @Test
    void itHasItsTypeItsLengthAndATag() throws Exception {
        for (var accept :
                List.of("*/*", "image/png", "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5")) {
            var answer = SERVERS.get(type, "/png", "Accept", accept);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).hasValue("image/png");
            assertThat(answer.headers().firstValue("content-length")).hasValue("11");
            assertThat(answer.headers().firstValue("etag")).get().asString().matches("\"b-[0-9a-f]{16}\"");
            assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(answer.body()).isEqualTo(PNG);
        }
    }

    @Test
    void itIsNotSentAgainToABrowserThatHasIt() throws Exception {
        var tag = SERVERS.get(type, "/png").headers().firstValue("etag").orElseThrow();
        var again = SERVERS.get(type, "/png", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void itsBytesSayWhatItIsAndNotWhatTheControllerPromised() throws Exception {
        assertThat(SERVERS.get(type, "/promised").headers().firstValue("content-type"))
                .hasValue("image/jpeg");
    }

    /** It is paid for by then; who wants a 406 instead says what a controller produces, which Spring looks at before it calls it. */
    @Test
    void whoAcceptsAnotherTypeGetsItAllTheSameUnlessTheControllerSaysWhatItProduces() throws Exception {
        var answer = SERVERS.get(type, "/png", "Accept", "image/jpeg");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("image/png");
        assertThat(answer.body()).isEqualTo(PNG);

        var promises = SERVERS.application(type).getBean(Application.class).promises;
        var before = promises.get();
        assertThat(SERVERS.get(type, "/promised", "Accept", "image/jpeg").statusCode())
                .isEqualTo(406);
        assertThat(promises).as("calls of the controller").hasValue(before);
    }

    @Test
    void anEntityKeepsItsStatusAndHeaders() throws Exception {
        var answer = SERVERS.get(type, "/entity");
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("x-mine")).hasValue("yes");
        assertThat(answer.body()).isEqualTo(PNG);
    }

    @Test
    void scriptsInAPictureOfMarkupDoNotRun() throws Exception {
        var answer = SERVERS.get(type, "/svg");
        assertThat(answer.headers().firstValue("content-type")).hasValue("image/svg+xml");
        assertThat(answer.headers().firstValue("content-security-policy"))
                .get()
                .asString()
                .contains("default-src 'none'", "sandbox");
    }

    @Test
    void aPictureAsJsonHasItsBytes() throws Exception {
        var answer = SERVERS.get(type, "/png", "Accept", "application/json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"index\":0,\"mediaType\":\"image/png\",\"size\":11,\"base64\":\"iVBORw0KGgoBAgM=\"}");
    }

    @Test
    void aTestClientReadsThePictureBack() {
        WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + SERVERS.port(type))
                .codecs(codecs -> SERVERS.application(type)
                        .getBean("imageCodecs", CodecCustomizer.class)
                        .customize(codecs))
                .responseTimeout(Servers.PATIENCE)
                .build()
                .get()
                .uri("/png")
                .exchange()
                .expectBody(GeneratedImage.class)
                .isEqualTo(GeneratedImage.of(0, PNG));
    }

    @Test
    void oneThatCouldNotBeFetchedIsAGatewaysFault() throws Exception {
        assertThat(SERVERS.get(type, "/lost").statusCode()).isEqualTo(504);
    }

    @RestController
    @EnableAutoConfiguration
    static class Application {

        final AtomicInteger promises = new AtomicInteger();

        @GetMapping("/png")
        Mono<GeneratedImage> png() {
            return Mono.just(GeneratedImage.of(
                    0,
                    null,
                    List.of(ByteBuffer.wrap(PNG, 0, 3), ByteBuffer.wrap(PNG, 3, 0), ByteBuffer.wrap(PNG, 3, 8))));
        }

        @GetMapping(path = "/promised", produces = "image/png")
        Mono<GeneratedImage> promised() {
            promises.incrementAndGet();
            return Mono.just(
                    GeneratedImage.of(0, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 0}));
        }

        @GetMapping("/entity")
        ResponseEntity<GeneratedImage> entity() {
            return ResponseEntity.status(201).header("X-Mine", "yes").body(GeneratedImage.of(0, PNG));
        }

        @GetMapping("/svg")
        Mono<GeneratedImage> svg() {
            var markup = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
            return Mono.just(GeneratedImage.of(
                    0, "image/svg+xml", List.of(ByteBuffer.wrap(markup.getBytes(StandardCharsets.UTF_8)))));
        }

        @GetMapping("/lost")
        Mono<GeneratedImage> lost() {
            return Mono.just(GeneratedImage.at(0, "image/png", URI.create("https://images.example/1.png"))
                    .withDownloadFailure(new DownloadFailedException(
                            DownloadFailedException.Reason.TIMED_OUT, "images.example did not answer", null, null)));
        }
    }
}
