package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Whoever runs the server reads in its log what a browser was told, and no prompt. */
@ParameterizedClass
@EnumSource(
        value = WebApplicationType.class,
        names = {"SERVLET", "REACTIVE"})
class FailuresInTheLogTest {

    private static final String SECRET = "a secret prompt";
    private static final Servers SERVERS = new Servers(Application.class, "darkroom.web.events.head-wait=1m");

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.darkroom.spring.web");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final WebApplicationType type;
    private final RunningEmulator emulator;

    FailuresInTheLogTest(WebApplicationType type) {
        this.type = type;
        this.emulator = SERVERS.application(type).getBean(RunningEmulator.class);
    }

    @BeforeEach
    void listen() {
        emulator.clearFaults();
        logger.setLevel(Level.DEBUG);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    private ILoggingEvent only(int status) {
        assertThat(log.list).as(String.valueOf(status)).hasSize(1);
        var line = log.list.get(0);
        assertThat(line.getFormattedMessage()).doesNotContain(SECRET, "sk-");
        log.list.clear();
        return line;
    }

    @Test
    void eachStatusHasALineWithItsKindAndReasonAndAsLoudAsItDeserves() throws Exception {
        var told = Map.of(
                Fault.BAD_REQUEST, "400: rejected, request:",
                Fault.SERVER_ERROR, "502: generation_failed",
                Fault.UNAVAILABLE, "503: unavailable",
                Fault.MODERATION, "422: rejected, moderation",
                Fault.CREDITS, "402: rejected, credits");
        for (var fault : told.entrySet()) {
            emulator.enqueue(fault.getKey().times(9));
            var status = SERVERS.get(type, "/events").statusCode();
            emulator.clearFaults();
            var line = only(status);
            assertThat(line.getFormattedMessage()).startsWith("Answered " + fault.getValue());
            assertThat(line.getLevel())
                    .isEqualTo(
                            switch (status) {
                                case 402 -> Level.ERROR;
                                case 422 -> Level.DEBUG;
                                default -> Level.WARN;
                            });
        }
    }

    @Test
    void aRequestWithoutAModelSaysInTheLogWhichPropertyIsMissing() throws Exception {
        assertThat(SERVERS.get(type, "/nameless").statusCode()).isEqualTo(400);
        assertThat(only(400).getFormattedMessage()).contains("model must not be blank", "darkroom.model");
    }

    @Test
    void aStreamThatFailsAtItsEndHasALineTooAndTheGatewaysId() throws Exception {
        var answer = SERVERS.get(type, "/lost", "Accept", "text/event-stream");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("event:failed");
        var line = only(200);
        assertThat(line.getLevel()).isEqualTo(Level.WARN);
        assertThat(line.getFormattedMessage())
                .startsWith("A stream of image events ended")
                .endsWith("502: outcome_unknown, cut, generation gen-1: the answer was cut");
    }

    @RestController
    @EnableAutoConfiguration
    static class Application {

        /** Without a default model; nothing is ever sent by it. */
        private static final ImageClient NAMELESS = ImageClient.openRouter("sk-test");

        private final ImageClient images;

        Application(ImageClient images) {
            this.images = images;
        }

        @GetMapping("/events")
        Flux<ImageEvent> events() {
            return images.generate(ImageRequest.of("openai/gpt-image-1-mini", SECRET).stream(true));
        }

        @GetMapping("/nameless")
        Flux<ImageEvent> nameless() {
            return NAMELESS.generate(ImageRequest.of("", SECRET));
        }

        @GetMapping("/lost")
        Flux<ImageEvent> lost() {
            var failure = new OutcomeUnknownException(
                    OutcomeUnknownException.Reason.CUT,
                    "the answer was cut",
                    FailureDetails.NONE.withGenerationId("gen-1").withProviderMessage(SECRET),
                    PartialResult.NOTHING,
                    null);
            return Flux.concat(
                    Flux.just(new ImageEvent.ImageReady(GeneratedImage.of(0, new byte[] {1}))), Flux.error(failure));
        }
    }
}
