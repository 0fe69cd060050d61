package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

class GenerationLogTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(32).start();

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("dev.darkroom.generation");
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            told.add(event.getFormattedMessage());
        }
    };
    private final ImageClient images = ImageClient.token360("sk-canaryKey")
            .baseUrl(EMULATOR.token360BaseUrl().toString())
            .downloads(d -> d.allow("127.0.0.1"));
    private final ImageRequest request = ImageRequest.of("dola-seedream-5.0-lite", "a canaryPrompt");

    @BeforeEach
    void listen() {
        listener.setContext(ours.getLoggerContext());
        listener.start();
        ours.addAppender(listener);
        ours.setAdditive(false);
        ours.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stopListening() {
        ours.setLevel(null);
        ours.setAdditive(true);
        ours.detachAppender(listener);
        EMULATOR.clearFaults();
        images.close();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @Test
    void eachAttemptAndEachDownloadIsToldWithItsOutcome() {
        EMULATOR.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(10)));
        assertThat(images.result(request).block(PATIENCE)).isNotNull();

        var who = "token360, dola-seedream-5.0-lite: attempt ";
        assertThat(List.copyOf(told))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo(who + "1 leaves"),
                        line -> assertThat(line)
                                .matches(who + "1 is refused after \\d+ ms, status 429, not again before 20\\S+Z"),
                        line -> assertThat(line).isEqualTo(who + "2 leaves"),
                        line -> assertThat(line)
                                .matches(who + "2 is answered after \\d+ ms with 1 images, 0 failed \\(.+\\)"),
                        line -> assertThat(line).matches("image 0 from 127.0.0.1: \\d+ bytes"));
    }

    @Test
    void aFailureIsToldByItsTypeAndADownloadThatCannotBeHadToo() {
        EMULATOR.enqueue(Fault.MODERATION, Fault.EXPIRED_URL);
        images.result(request).onErrorComplete().block(PATIENCE);
        images.result(request).block(PATIENCE);

        assertThat(told)
                .anyMatch(line -> line.matches(".*attempt 1 fails after \\d+ ms, RejectedException, status 400: .*"))
                .contains("image 0 from 127.0.0.1: DownloadFailedException");
    }

    @Test
    void neitherKeyNorPromptNorTheRestOfAUrlIsTold() {
        EMULATOR.enqueue(Fault.MODERATION, Fault.EXPIRED_URL, Fault.CUT, Fault.MALFORMED_JSON);
        for (int i = 0; i < 5; i++) {
            images.result(request).onErrorComplete().block(PATIENCE);
        }
        assertThat(told).hasSizeGreaterThan(8);
        assertThat(told).noneMatch(line -> line.matches("(?s).*(canary|signature|expires|/pictures).*"));
    }

    @Test
    void aModelThatIsNoNameStaysOnItsLine() {
        images.result(ImageRequest.of("a\nb" + "c".repeat(500), "x"))
                .onErrorComplete()
                .block(PATIENCE);
        assertThat(told).isNotEmpty().allMatch(line -> line.indexOf('\n') < 0 && line.startsWith("token360, a b"));
    }

    @Test
    void whereNobodyListensNothingIsWrapped() {
        ours.setLevel(Level.INFO);
        var attempt = Flux.<ImageEvent>never();
        assertThat(new GenerationLog("gateway", "model", new Clock()).watched(attempt))
                .isSameAs(attempt);
    }
}
