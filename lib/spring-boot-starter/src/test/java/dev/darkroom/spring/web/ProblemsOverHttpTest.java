package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What fails before anything was sent has a status and a problem, on either kind of server, without a line of the application's. */
@ParameterizedClass
@EnumSource(
        value = WebApplicationType.class,
        names = {"SERVLET", "REACTIVE"})
class ProblemsOverHttpTest {

    private static final String SECRET = "a fox of which nobody may know";
    private static final Servers SERVERS =
            new Servers(Application.class, "darkroom.rate-limits.max-wait=0s", "darkroom.web.events.head-wait=1m");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final WebApplicationType type;
    private final RunningEmulator emulator;

    ProblemsOverHttpTest(WebApplicationType type) {
        this.type = type;
        this.emulator = SERVERS.application(type).getBean(RunningEmulator.class);
        emulator.clearFaults();
    }

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    private JsonNode assertProblem(String path, String accept, int status, String kind) throws Exception {
        var answer = SERVERS.get(type, path, "Accept", accept);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        var problem = MAPPER.readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("kind").asString()).isEqualTo(kind);
        assertThat(problem.get("type").asString()).startsWith("urn:darkroom:problem:");
        assertThat(problem.toString()).doesNotContain(SECRET, "sk-", "127.0.0.1", "openrouter");
        return problem;
    }

    @Test
    void eachRefusalHasTheStatusOfItsKindWhateverFormWasAskedFor() throws Exception {
        for (var accept : List.of(MediaType.TEXT_EVENT_STREAM_VALUE, "application/x-ndjson", "*/*")) {
            emulator.enqueue(Fault.MODERATION);
            assertThat(assertProblem("/events", accept, 422, "rejected")
                            .get("reason")
                            .asString())
                    .isEqualTo("moderation");
        }
        emulator.enqueue(Fault.BAD_REQUEST);
        assertProblem("/events", "*/*", 400, "rejected");
        emulator.enqueue(Fault.MODEL_NOT_FOUND);
        assertProblem("/events", "*/*", 400, "rejected");
        emulator.enqueue(Fault.TOO_LARGE);
        assertProblem("/events", "*/*", 413, "rejected");
        emulator.enqueue(Fault.SERVER_ERROR);
        assertThat(assertProblem("/events", "*/*", 502, "generation_failed")
                        .get("mayHaveBeenMade")
                        .asBoolean())
                .isTrue();
        emulator.enqueue(Fault.UNAVAILABLE.times(9));
        assertThat(assertProblem("/events", "*/*", 503, "unavailable")
                        .get("retryable")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whatIsWrongWithTheServersAccountIsNotTheBrowsersFault() throws Exception {
        emulator.enqueue(Fault.UNAUTHORIZED);
        assertThat(assertProblem("/events", "*/*", 500, "rejected")
                        .get("reason")
                        .asString())
                .isEqualTo("credentials");
        emulator.enqueue(Fault.CREDITS);
        assertThat(assertProblem("/events", "*/*", 402, "rejected")
                        .get("reason")
                        .asString())
                .isEqualTo("credits");
    }

    @Test
    void aRateLimitSaysWhenToAskAgain() throws Exception {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(30)));
        var answer = SERVERS.get(type, "/other");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(20, 31);
        assertThat(MAPPER.readTree(answer.body()).get("retryAt").asString()).startsWith("20");
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsAGatewaysTimeout() throws Exception {
        emulator.enqueue(Fault.STALLED_HEADERS);
        var problem = assertProblem("/late", "*/*", 504, "outcome_unknown");
        assertThat(problem.get("mayHaveBeenMade").asBoolean()).isTrue();
        assertThat(problem.get("retryable").asBoolean()).isFalse();
        // it may be read only now, and must not take the fault of another test
        Mono.fromCallable(() -> emulator.remainingFaults() == 0 ? emulator : null)
                .repeatWhenEmpty(again -> again.delayElements(Duration.ofMillis(10)))
                .block(Servers.PATIENCE);
    }

    @Test
    void aFailureThatAFutureWrapsIsTheSame() throws Exception {
        emulator.enqueue(Fault.MODERATION);
        assertProblem("/wrapped", "*/*", 422, "rejected");
    }

    @Test
    void whatTheApplicationHandlesItselfIsItsOwn() throws Exception {
        assertThat(SERVERS.get(type, "/own").statusCode()).isEqualTo(418);
        assertThat(SERVERS.get(type, "/broken").statusCode()).isEqualTo(500);
    }

    @RestController
    @EnableAutoConfiguration
    static class Application {

        private static final ImageRequest REQUEST = ImageRequest.of("", SECRET).stream(true);

        private final ImageClient images;

        Application(ImageClient images) {
            this.images = images;
        }

        @GetMapping("/events")
        Flux<ImageEvent> events() {
            return images.generate(REQUEST);
        }

        /** Of a quota of its own, which may be closed. */
        @GetMapping("/other")
        Flux<ImageEvent> other() {
            return images.generate(ImageRequest.of("black-forest-labs/flux.2-klein-4b", SECRET));
        }

        @GetMapping("/image")
        Mono<GeneratedImage> image() {
            return images.result(REQUEST.stream(false)).map(done -> done.first());
        }

        @GetMapping("/late")
        Mono<GeneratedImage> late() {
            return images.timeouts(t -> t.firstByte(Duration.ofMillis(50)))
                    .result(REQUEST)
                    .map(done -> done.first());
        }

        @GetMapping("/wrapped")
        Mono<GeneratedImage> wrapped() {
            return image().onErrorMap(CompletionException::new);
        }

        @GetMapping("/own")
        Flux<ImageEvent> own() {
            return Flux.error(new IllegalArgumentException("mine"));
        }

        @GetMapping("/broken")
        Flux<ImageEvent> broken() {
            return Flux.error(new UnsupportedOperationException("mine"));
        }

        @ExceptionHandler
        ResponseEntity<String> own(IllegalArgumentException e) {
            return ResponseEntity.status(418).body("mine");
        }
    }
}
