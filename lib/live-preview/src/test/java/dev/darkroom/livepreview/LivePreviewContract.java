package dev.darkroom.livepreview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/** A whole application over HTTP, with the emulator behind it: the same on either kind of server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LivePreviewContract {

    private final WebApplicationType type;
    private ConfigurableApplicationContext context;
    private RunningEmulator emulator;
    private int port;
    private Visitor visitor;

    LivePreviewContract(WebApplicationType type) {
        this.type = type;
    }

    @BeforeAll
    void start() {
        context = new SpringApplicationBuilder(ImagesApplication.class)
                .web(type)
                .run(
                        "--server.port=0",
                        "--server.tomcat.threads.max=2",
                        "--server.tomcat.threads.min-spare=2",
                        "--spring.main.banner-mode=off",
                        "--spring.webflux.problemdetails.enabled=false",
                        "--spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE",
                        "--spring.threads.virtual.enabled=true",
                        "--darkroom.model=openai/gpt-image-1-mini",
                        "--darkroom.emulator.enabled=true",
                        "--darkroom.emulator.shrink=8",
                        "--darkroom.emulator.latency=400ms",
                        "--darkroom.emulator.partials=3",
                        "--darkroom.preview.at-once=3");
        emulator = context.getBean(RunningEmulator.class);
        port = context.getEnvironment().getRequiredProperty("local.server.port", int.class);
    }

    @AfterAll
    void stop() {
        context.close();
    }

    @BeforeEach
    void open() {
        visitor = new Visitor(port, "");
    }

    @AfterEach
    void leave() {
        visitor.close();
        emulator.clearFaults();
    }

    int port() {
        return port;
    }

    RunningEmulator emulator() {
        return emulator;
    }

    @Test
    void aPromptBecomesAPictureWhoseBytesAreTheGateways() {
        var notices = visitor.until(visitor.ask("a lighthouse at dawn"), "done");
        var done = notices.get(notices.size() - 1);
        assertThat(notices.get(0).get("asked").get("prompt").asString()).isEqualTo("a lighthouse at dawn");
        assertThat(done.get("cost").decimalValue()).isPositive();
        assertThat(done.get("images").get(0).get("last").asBoolean()).isTrue();
        assertThat(notices)
                .allSatisfy(notice -> assertThat(notice.toString().length()).isLessThan(1000));

        var answer = visitor.get(visitor.picture(done));
        var direct = context.getBean(ImageClient.class)
                .result(ImageRequest.of("", "a lighthouse at dawn").stream(true))
                .block(Visitor.PATIENCE);
        assertThat(answer.getBody()).isEqualTo(direct.first().toByteArray());
        assertThat(answer.getHeaders().getContentType()).hasToString("image/png");
        assertThat(answer.getHeaders().getContentLength()).isEqualTo(answer.getBody().length);
        assertThat(answer.getHeaders().getCacheControl()).contains("private", "immutable");

        var download = visitor.get(visitor.picture(done) + "?download=true").getHeaders();
        assertThat(download.getFirst(HttpHeaders.CONTENT_DISPOSITION))
                .isEqualTo("attachment; filename=\"darkroom-1.png\"");
    }

    @Test
    void aPreviewThatWasReplacedIsAnsweredWithWhatReplacedItAndIsNotKept() {
        var id = visitor.ask("a fox");
        visitor.await(id, notice -> notice.get("images").size() > 0);
        var done = visitor.await(id, "done");
        var late = visitor.get(visitor.picture(id, 1));
        assertThat(late.getBody()).isEqualTo(visitor.get(visitor.picture(done)).getBody());
        assertThat(late.getHeaders().getCacheControl()).isEqualTo("no-store");
    }

    @Test
    void whatAModelWritesMayRunNothing() {
        var done = visitor.await(visitor.ask("a mark"), "done");
        var headers = visitor.get(visitor.picture(done)).getHeaders();
        assertThat(headers.getContentType()).hasToString("image/svg+xml");
        assertThat(headers.get("Content-Security-Policy"))
                .hasSize(1)
                .first()
                .asString()
                .contains("sandbox");
        assertThat(headers.getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void cancellingReachesTheGateway() {
        var id = visitor.ask("a slow fox");
        visitor.await(id, "developing");
        assertThat(visitor.call(HttpMethod.DELETE, visitor.path() + "/" + id).getStatusCode())
                .isEqualTo(HttpStatus.NO_CONTENT);
        visitor.await(id, "cancelled");
        assertCancelled("a slow fox");
    }

    /** How soon is the grace, which {@code LivePreviewTest} holds by a clock of its own. */
    @Test
    void leavingCancelsAtTheGateway() {
        emulator.enqueue(Fault.STALL.after(1));
        try (var forsaken = new Visitor(port, "")) {
            forsaken.await(forsaken.ask("a forsaken fox"), "developing");
        }
        assertCancelled("a forsaken fox");
    }

    private void assertCancelled(String prompt) {
        emulator.journal()
                .settled()
                .filter(entry -> entry.isCancelled()
                        && entry.body().get("prompt").asString().equals(prompt))
                .blockFirst(Visitor.PATIENCE);
    }

    @Test
    void aRateLimitIsToldAndThenWaitedOut() {
        emulator.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofSeconds(4)));
        var id = visitor.ask("a patient fox");
        assertThat(visitor.await(id, "throttled").get("retryIn").asLong()).isBetween(1L, 5000L);
        visitor.await(id, "done");
    }

    @Test
    void aFailureIsToldInWordsAndTheSameCanBeAskedForOnceMore() {
        emulator.enqueue(Fault.MODERATION);
        var id = visitor.ask("a bad fox");
        var problem = visitor.await(id, "failed").get("problem");
        assertThat(problem.get("title").asString()).isEqualTo("The gateway will not paint this");
        assertThat(problem.get("help").asString()).isEqualTo("Nothing was made, nothing is billed.");
        assertThat(problem.get("words").asString()).isNotBlank();
        var again = visitor.call(HttpMethod.POST, visitor.path() + "/" + id + "/again");
        visitor.await(Visitor.json(again).get("id").asInt(), "done");
    }

    @Test
    void aRefusalIsAnAnswerInWordsAndAsksForNothing() {
        var asked = generations();
        var gone = visitor.get("/darkroom/previews/guessed");
        assertThat(gone.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        assertThat(gone.getHeaders().getContentType()).hasToString("application/problem+json");
        for (var nowhere : List.of("/7/0/1", "/x/0/1", "/1/0")) {
            assertThat(visitor.get(visitor.path() + nowhere).getStatusCode())
                    .as(nowhere)
                    .isEqualTo(HttpStatus.NOT_FOUND);
        }
        try (var gonePage = new Visitor(port, "")) {
            context.getBean(LivePreviews.class).preview(gonePage.id()).close();
            var late = gonePage.post("a late fox");
            assertThat(late.getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(late.getHeaders().getContentType()).hasToString("application/problem+json");
            assertThat(late.getBody()).contains("\"detail\":\"This preview is no longer open.\"");
        }
        assertThat(generations()).isEqualTo(asked);
    }

    private long generations() {
        return emulator.journal().entries().stream()
                .filter(entry -> entry.method().equals("POST"))
                .count();
    }

    @Test
    void enoughIsEnough() {
        emulator.enqueue(Fault.STALL.after(1), Fault.STALL.after(1), Fault.STALL.after(1));
        for (int i = 0; i < 3; i++) {
            visitor.await(visitor.ask("fox " + i), "developing");
        }
        var refused = visitor.post("one fox too many");
        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(refused.getBody()).contains("\"detail\":\"3 pictures are under way");
    }

    /** A page of another site may send a form, but no header of ours: browsers ask first, and are told no. */
    @Test
    void aStrangersPageCanAskForNothing() {
        var stranger = visitor.web();
        for (var uri : List.of("/images", "/darkroom/previews", visitor.path() + "/1/again")) {
            assertThat(stranger.post()
                            .uri(uri)
                            .header("Origin", "http://stranger.example")
                            .exchangeToMono(answer -> answer.toBodilessEntity())
                            .block(Visitor.PATIENCE)
                            .getStatusCode()
                            .is4xxClientError())
                    .as(uri)
                    .isTrue();
        }
        var preflight = stranger.options()
                .uri("/darkroom/previews")
                .header("Origin", "http://stranger.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "darkroom-preview")
                .exchangeToMono(answer -> answer.toBodilessEntity())
                .block(Visitor.PATIENCE);
        assertThat(preflight.getHeaders().getAccessControlAllowOrigin()).isNull();
    }

    @Test
    void onesUsersPreviewIsNobodyElses() {
        try (var alice = new Visitor(port, "alice")) {
            var id = alice.ask("a private fox");
            var done = alice.await(id, "done");
            try (var mallory = new Visitor(port, "mallory")) {
                var theirs = new Visitor(port, "mallory", mallory.path());
                assertThat(theirs.path()).isEqualTo(mallory.path());
                theirs.close();
                assertThat(mallory.get(alice.path()).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
                assertThat(mallory.get(alice.picture(done)).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
                assertThat(mallory.call(HttpMethod.DELETE, alice.path() + "/" + id)
                                .getStatusCode())
                        .isEqualTo(HttpStatus.NOT_FOUND);
                assertThat(mallory.call(HttpMethod.POST, alice.path() + "/" + id + "/again")
                                .getStatusCode())
                        .isEqualTo(HttpStatus.NOT_FOUND);
            }
            assertThat(visitor.get(alice.picture(done)).getStatusCode())
                    .as("nobody in particular")
                    .isEqualTo(HttpStatus.NOT_FOUND);
            assertThat(alice.get(alice.picture(done)).getStatusCode()).isEqualTo(HttpStatus.OK);
        }
    }

    @Test
    void aPreviewThatTheApplicationOpenedBelongsToWhomItNamedOrToTheFirstWhoListens() {
        var previews = context.getBean(LivePreviews.class);
        var named = previews.open("alice");
        assertThat(visitor.get(named.path()).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        var unnamed = previews.open();
        unnamed.develop(ImageRequest.of("", "a fox of the house").stream(true)).block(Visitor.PATIENCE);
        try (var bob = new Visitor(port, "bob", unnamed.path())) {
            bob.await(1, "done");
            assertThat(unnamed.owner()).isEqualTo("bob");
            assertThat(visitor.get(unnamed.path()).getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
        }
    }

    @Test
    void theElementIsAStaticFileOfTheJar() {
        var script = visitor.get("/darkroom/preview.js");
        assertThat(script.getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(script.getHeaders().getContentType().getSubtype()).isEqualTo("javascript");
        assertThat(new String(script.getBody(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("customElements.define('darkroom-preview'");
    }
}
