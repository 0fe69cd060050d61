package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.CatalogueCheck;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What the client itself says at its most talkative, by whichever logger and at every gateway, holds nothing that is anybody's secret. */
class EveryLoggerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String OURS = "dev.darkroom.";
    private static final RunningEmulator EMULATOR =
            ImageEmulator.create().shrink(64).start();
    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 'c', 'a', 'n', 'a', 'r', 'y', '0', '1'
    };

    private final Queue<String> loggers = new ConcurrentLinkedQueue<>();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Appender<ILoggingEvent> console = root.getAppender("console");
    private final Level usual = root.getLevel();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLoggerName().startsWith(OURS)
                    && !event.getLoggerName().startsWith(EMULATOR.getClass().getPackageName())) {
                loggers.add(event.getLoggerName());
                var thrown = event.getThrowableProxy();
                told.add(event.getFormattedMessage()
                        + event.getMDCPropertyMap()
                        + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
            }
        }
    };

    @BeforeEach
    void listen() {
        listener.setContext(root.getLoggerContext());
        listener.start();
        root.detachAppender(console);
        root.addAppender(listener);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        root.setLevel(usual);
        root.detachAppender(listener);
        root.addAppender(console);
        EMULATOR.clearFaults();
    }

    @AfterAll
    static void stop() {
        EMULATOR.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openrouter", "token360", "myrouter", "openai", "ark", "minimax"})
    void nobodysSecretIsTold(String gateway) {
        var secrets =
                new ArrayList<>(List.of("canary", Base64.getEncoder().encodeToString(PNG), "/pictures", "signature"));
        var request = ImageRequest.of(Gateways.named(gateway).defaultModel(), "a canaryPrompt")
                .user("canaryUser")
                .header("X-Canary", "canaryHeader");
        try (var images = ImageClient.named(gateway, "sk-canaryKey")
                .baseUrl(EMULATOR.baseUrl(gateway).toString())
                .dropUnsupportedOptions(true)
                .downloads(d -> d.allow("127.0.0.1"))) {
            for (var fault : List.of(
                    Fault.NONE,
                    Fault.RATE_LIMIT_MILLIS,
                    Fault.MODERATION,
                    Fault.SERVER_ERROR,
                    Fault.CUT,
                    Fault.MALFORMED_JSON,
                    Fault.EXPIRED_URL)) {
                EMULATOR.enqueue(fault.retryAfter(Duration.ofMillis(1)));
                ends(images, request.stream(fault == Fault.CUT), secrets);
            }
            ends(images, request.references(ImageReference.bytes(PNG)), secrets);
            ends(
                    images.apiKey(() -> {
                        throw new IllegalStateException("no canaryKey");
                    }),
                    request,
                    secrets);
            ends(images.apiKey(Mono.just("canary\nKey")), request, secrets);
            images.catalogue().ifPresent(some -> ends(images.checked(CatalogueCheck.WARN), request.n(99), secrets));
        }

        assertThat(secrets).as("with words of the gateway").hasSizeGreaterThan(4);
        assertThat(told).hasSizeGreaterThan(12);
        assertThat(loggers).containsOnly("dev.darkroom.generation");
        assertThat(told).allSatisfy(line -> assertThat(line).doesNotContain(secrets));
    }

    /** What the gateway itself said may name an account, so it is a secret, too. */
    private static void ends(ImageClient images, ImageRequest request, List<String> secrets) {
        images.generate(request)
                .doOnError(ImageException.class, failure -> {
                    if (failure.providerMessage() != null) {
                        secrets.add(failure.providerMessage());
                    }
                })
                .onErrorComplete()
                .blockLast(PATIENCE);
    }
}
