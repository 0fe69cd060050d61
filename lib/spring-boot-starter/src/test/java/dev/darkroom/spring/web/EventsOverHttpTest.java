package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Outcome;
import dev.darkroom.image.Size;
import dev.darkroom.json.ImageEventModule;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.codec.CodecCustomizer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a controller that returns a flux of events sends, on either kind of server, in each form. */
@ParameterizedClass
@EnumSource(
        value = WebApplicationType.class,
        names = {"SERVLET", "REACTIVE"})
class EventsOverHttpTest {

    private static final ImageRequest REQUEST =
            ImageRequest.of("", "a lighthouse").size(Size.pixels(64, 64)).stream(true);
    private static final String SSE = MediaType.TEXT_EVENT_STREAM_VALUE;
    private static final String NDJSON = MediaType.APPLICATION_NDJSON_VALUE;

    private static final Servers SERVERS = new Servers(Application.class, "spring.mvc.async.request-timeout=1ms");

    private static final JsonMapper MAPPER =
            JsonMapper.builder().addModule(new ImageEventModule()).build();

    private final WebApplicationType type;
    private final RunningEmulator emulator;

    EventsOverHttpTest(WebApplicationType type) {
        this.type = type;
        this.emulator = SERVERS.application(type).getBean(RunningEmulator.class);
    }

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    @BeforeEach
    void forget() {
        emulator.clearFaults();
        emulator.journal().clear();
    }

    private String body(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(String path, String accept, String... headers) throws Exception {
        var all = Arrays.copyOf(new String[] {HttpHeaders.ACCEPT, accept}, 2 + headers.length);
        System.arraycopy(headers, 0, all, 2, headers.length);
        return SERVERS.get(type, path, all);
    }

    private static void assertEachPictureOnce(List<JsonNode> events) {
        assertThat(events).extracting(event -> event.get("type").asString()).endsWith("image_ready", "completed");
        assertThat(events.get(events.size() - 2).at("/image/base64").asString()).startsWith("iVBOR");
        var last = events.get(events.size() - 1).at("/result/images/0");
        assertThat(last.get("announced").asBoolean()).isTrue();
        assertThat(last.has("base64")).isFalse();
        assertThat(events.get(events.size() - 1).at("/result/usage/cost").isNumber())
                .isTrue();
    }

    @Test
    void asServerSentEventsEachPictureIsSentOnceAndTheEventsHaveNames() throws Exception {
        var answer = get("/events", SSE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).get().asString().startsWith(SSE);
        assertThat(answer.headers().firstValue("x-accel-buffering")).hasValue("no");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(body(answer)).startsWith(":\nid:0\nretry:1728000000\n\n").endsWith("\n\n");
        var blocks = Pattern.compile("\n\n").splitAsStream(body(answer)).toList();
        var events = blocks.stream()
                .filter(block -> block.startsWith("event:"))
                .map(block -> block.substring(block.indexOf("\ndata:") + 6))
                .map(MAPPER::readTree)
                .toList();
        assertEachPictureOnce(events);
        assertThat(blocks)
                .filteredOn(block -> block.startsWith("event:"))
                .allSatisfy(
                        block -> assertThat(block).contains("\"type\":\"" + block.substring(6, block.indexOf('\n'))));
    }

    @Test
    void asLinesEachOfThemIsAnEvent() throws Exception {
        var answer = get("/events", NDJSON);
        assertThat(answer.headers().firstValue("content-type")).get().asString().startsWith(NDJSON);
        assertEachPictureOnce(body(answer).lines().map(MAPPER::readTree).toList());
    }

    @Test
    void whoeverAsksForNothingInParticularGetsAnArray() throws Exception {
        var answer = get("/events", "*/*");
        assertThat(answer.headers().firstValue("content-type")).hasValue(MediaType.APPLICATION_JSON_VALUE);
        var events = MAPPER.readTree(answer.body());
        assertThat(events.isArray()).isTrue();
        assertEachPictureOnce(events.valueStream().toList());
    }

    @Test
    void anEntityKeepsItsStatusAndHeaders() throws Exception {
        var answer = get("/entity", SSE);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("x-mine")).hasValue("yes");
        assertThat(body(answer)).contains("event:completed");
    }

    @Test
    void aBrowserThatAsksAgainByItselfIsToldToStopAndNothingIsPaid() throws Exception {
        assertThat(get("/events", SSE, "Last-Event-ID", "0").statusCode()).isEqualTo(204);
        assertThat(SERVERS.send(type, "HEAD", "/events", "Accept", SSE).statusCode())
                .isEqualTo(204);
        assertThat(emulator.journal().entries()).isEmpty();
    }

    @Test
    void aFailureBehindTheFirstEventIsTheLastOneAndTheStreamEndsWell() throws Exception {
        for (var accept : List.of(SSE, NDJSON, "application/json")) {
            emulator.enqueue(Fault.NO_TERMINAL.after(1));
            var answer = get("/events", accept);
            assertThat(answer.statusCode()).isEqualTo(200);
            var text = body(answer);
            var last = MAPPER.readTree(
                    text.substring(text.lastIndexOf("{\"type\":\"failed\"")).replaceFirst("]$", ""));
            assertThat(last.get("kind").asString()).isEqualTo("outcome_unknown");
            assertThat(last.get("reason").asString()).isEqualTo("cut");
            assertThat(last.get("mayHaveBeenMade").asBoolean()).isTrue();
            assertThat(last.has("partialResult")).isTrue();
        }
    }

    @Test
    void anErrorOfTheServersBehindTheFirstEventIsOneAndSaysNothingOfIt() throws Exception {
        var text = body(get("/broken", SSE));
        assertThat(text)
                .contains("event:failed\n", "\"kind\":\"outcome_unknown\"")
                .doesNotContain("secret");
    }

    @Test
    void aGenerationThatTakesLongerThanAServletMayIsNotCutOff() throws Exception {
        var answer = get("/slow", SSE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body(answer)).contains("event:completed");
    }

    private Flux<ImageEvent> read(String path, String accept) {
        return WebClient.builder()
                .codecs(codecs -> SERVERS.application(type)
                        .getBean("imageCodecs", CodecCustomizer.class)
                        .customize(codecs))
                .build()
                .get()
                .uri("http://127.0.0.1:" + SERVERS.port(type) + path)
                .header(HttpHeaders.ACCEPT, accept)
                .retrieve()
                .bodyToFlux(ImageEvent.class);
    }

    @Test
    void aWebClientReadsTheSameEventsBack() {
        for (var accept : List.of(SSE, NDJSON, "application/json")) {
            var events = read("/large", accept).collectList().block(Servers.PATIENCE);
            assertThat(events).last().isInstanceOf(ImageEvent.Completed.class);
            assertThat(events).isEqualTo(Application.large().collectList().block());
        }
    }

    /** It puts a {@code WebClientResponseException} around whatever ends a body. */
    @Test
    void aWebClientMeetsTheFailureThatItWas() {
        for (var accept : List.of(SSE, NDJSON, "application/json")) {
            emulator.enqueue(Fault.NO_TERMINAL.after(1));
            var failure = read("/events", accept)
                    .then()
                    .materialize()
                    .block(Servers.PATIENCE)
                    .getThrowable();
            assertThat(failure.getCause()).isInstanceOfSatisfying(ImageException.class, told -> {
                assertThat(told.outcome()).isEqualTo(Outcome.OUTCOME_UNKNOWN);
                assertThat(told.partialResult().lastPartial()).isNotNull();
            });
        }
    }

    @RestController
    @EnableAutoConfiguration
    static class Application {

        private final ImageGenerator images;

        Application(ImageGenerator images) {
            this.images = images;
        }

        /** A picture of which the JSON is larger than what Spring's codecs hold. */
        static Flux<ImageEvent> large() {
            var bytes = new byte[1 << 20];
            bytes[0] = 7;
            return Flux.just(ImageEvent.completed(bytes));
        }

        @GetMapping("/events")
        Flux<ImageEvent> events() {
            return images.generate(REQUEST);
        }

        @GetMapping("/large")
        Flux<ImageEvent> largeEvents() {
            return large();
        }

        @GetMapping("/entity")
        ResponseEntity<Flux<ImageEvent>> entity() {
            return ResponseEntity.accepted().header("X-Mine", "yes").body(images.generate(REQUEST));
        }

        @GetMapping("/broken")
        Flux<ImageEvent> broken() {
            return Flux.concat(
                    images.generate(REQUEST).take(1), Flux.error(new IllegalStateException("secret of the server")));
        }

        @GetMapping("/slow")
        Flux<ImageEvent> slow() {
            return images.generate(REQUEST).delaySubscription(Duration.ofMillis(1500));
        }
    }
}
