package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** What a browser gets before there is a picture, over a socket, on either kind of server. */
@ParameterizedClass
@EnumSource(
        value = WebApplicationType.class,
        names = {"SERVLET", "REACTIVE"})
class EventHeadTest {

    private static final Servers SERVERS = new Servers(
            Application.class,
            "darkroom.web.events.head-wait=20ms",
            "darkroom.web.events.heartbeat=20ms",
            "darkroom.web.events.throttling=true",
            "darkroom.web.events.image=omitted");

    private final WebApplicationType type;
    private final Application application;

    EventHeadTest(WebApplicationType type) {
        this.type = type;
        this.application = SERVERS.application(type).getBean(Application.class);
    }

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    /** The lines of an answer as they come. */
    private final class Browser implements AutoCloseable {

        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVERS.port(type));
        private final BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));

        Browser(String path) throws IOException {
            socket.setSoTimeout((int) Servers.PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }

        /** Reads on up to a line that begins so. */
        String until(String beginning) throws IOException {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
            throw new AssertionError("no " + beginning);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void theHeadLeavesBeforeThereIsAnythingAndHeartbeatsFollow() throws Exception {
        try (var browser = new Browser("/nothing")) {
            assertThat(browser.until("HTTP/1.1")).contains("200");
            browser.until("retry:1728000000");
            browser.until(":");
            browser.until(":");
        }
        assertThat(application.cancelled.poll(1, TimeUnit.MINUTES)).isEqualTo("/nothing");
    }

    @Test
    void aBrowserThatLeavesInTheMiddleCancelsTheGeneration() throws Exception {
        try (var browser = new Browser("/half")) {
            browser.until("event:partial");
        }
        assertThat(application.cancelled.poll(1, TimeUnit.MINUTES)).isEqualTo("/half");
    }

    @Test
    void aWaitForARateLimitIsToldInBetween() throws Exception {
        SERVERS.application(type)
                .getBean(RunningEmulator.class)
                .enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofSeconds(3)));
        try (var browser = new Browser("/events")) {
            assertThat(browser.until("event:")).isEqualTo("event:throttled");
            assertThat(browser.until("data:"))
                    .contains("\"until\":\"20", "\"attempt\":1")
                    .doesNotContain("127.0.0.1");
            browser.until("event:completed");
        }
    }

    @Test
    void aPictureIsLeftOutWhereThatIsAskedFor() throws Exception {
        try (var browser = new Browser("/events")) {
            browser.until("event:image_ready");
            assertThat(browser.until("data:")).contains("image/png").doesNotContain("base64");
        }
    }

    @RestController
    @EnableAutoConfiguration
    static class Application {

        final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

        private final ImageGenerator images;

        Application(ImageGenerator images) {
            this.images = images;
        }

        @GetMapping(path = "/nothing", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ImageEvent> nothing() {
            return Flux.<ImageEvent>never().doOnCancel(() -> cancelled.add("/nothing"));
        }

        @GetMapping(path = "/half", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ImageEvent> half() {
            var preview = new ImageEvent.Partial(0, 0, GeneratedImage.of(0, new byte[100]));
            return Flux.<ImageEvent>just(preview).concatWith(Flux.never()).doOnCancel(() -> cancelled.add("/half"));
        }

        @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ImageEvent> events() {
            return images.generate(ImageRequest.of("", "a lighthouse").stream(true));
        }
    }
}
