package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Size;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Neither key nor prompt nor image is ever written anywhere, with every log at its most talkative. */
class CanaryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String KEY = "sk-canaryKey0123456789";
    private static final String PROMPT = "canaryPrompt of a lighthouse";

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level usual = root.getLevel();
    private final Appender<ILoggingEvent> console = root.getAppender("console");
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            var thrown = event.getThrowableProxy();
            told.add(event.getThreadName() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + " "
                    + event.getMDCPropertyMap() + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
    };

    @BeforeEach
    void listen() {
        listener.setContext(root.getLoggerContext());
        listener.start();
        root.detachAppender(console);
        root.addAppender(listener);
        // The emulator lives in the same process and is not the accused.
        root.getLoggerContext().getLogger("dev.darkroom.emulator").setLevel(Level.OFF);
        root.getLoggerContext().getLogger("reactor.netty.http.server").setLevel(Level.OFF);
        root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
        root.setLevel(usual);
        root.detachAppender(listener);
        root.addAppender(console);
    }

    private void tell(Object object) {
        told.add(String.valueOf(object));
        if (object instanceof Throwable failure) {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            told.add(trace.toString());
        }
    }

    @Test
    void neitherKeyNorPromptNorImageIsEverWrittenAnywhere() {
        var reference = new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1};
        String image;
        try (var emulator = ImageEmulator.create().start()) {
            var client = ImageClient.openRouter(KEY)
                    .baseUrl(emulator.openRouterBaseUrl().toString())
                    .timeouts(t -> t.silence(Duration.ofSeconds(3)));
            var request = ImageRequest.of("openai/gpt-image-1-mini", PROMPT).size(Size.pixels(64, 64)).stream(true);
            var events = client.generate(request).collectList().block(PATIENCE);
            events.forEach(this::tell);
            image = ((ImageEvent.Completed) events.get(events.size() - 1))
                    .result()
                    .first()
                    .toDataUrl();
            tell(client);
            tell(request.references(ImageReference.bytes(reference)));
            for (Fault fault : List.of(
                    Fault.BAD_REQUEST,
                    Fault.MODERATION,
                    Fault.SERVER_ERROR,
                    Fault.ERROR_EVENT,
                    Fault.CUT,
                    Fault.RESET,
                    Fault.STALL,
                    Fault.MALFORMED_JSON,
                    Fault.GZIP_LIE,
                    Fault.NO_IMAGES,
                    Fault.HTML_FORBIDDEN)) {
                emulator.enqueue(fault);
                client.generate(request).doOnError(this::tell).onErrorComplete().blockLast(PATIENCE);
            }
            client.generate(request.n(99))
                    .doOnError(this::tell)
                    .onErrorComplete()
                    .blockLast(PATIENCE);
            client.close();
        }
        var pixels = image.substring(image.indexOf(',') + 1).substring(40, 80);
        assertThat(told).hasSizeGreaterThan(20);
        assertThat(told).noneMatch(text -> text.contains("canaryKey"));
        assertThat(told).noneMatch(text -> text.contains("canaryPrompt"));
        assertThat(told).noneMatch(text -> text.contains(pixels));
    }
}
