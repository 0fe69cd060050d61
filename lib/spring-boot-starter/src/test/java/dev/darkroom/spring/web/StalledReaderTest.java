package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

/** Browsers that ask for events and then read nothing: sockets with small windows, on either kind of server. */
@ParameterizedClass
@EnumSource(
        value = WebApplicationType.class,
        names = {"SERVLET", "REACTIVE"})
class StalledReaderTest {

    /** More than the buffers of two sockets take, so that the first event is never written whole. */
    private static final int PICTURE_BYTES = 12 << 20;

    private static final int BROWSERS = 12;

    private static final Servers SERVERS =
            new Servers(Application.class, "server.tomcat.threads.max=2", "server.tomcat.threads.min-spare=1");

    private final WebApplicationType type;
    private final Application application;

    StalledReaderTest(WebApplicationType type) {
        this.type = type;
        this.application = SERVERS.application(type).getBean(Application.class);
    }

    @AfterAll
    static void close() {
        SERVERS.close();
    }

    private Socket stalled() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), SERVERS.port(type)));
        socket.getOutputStream()
                .write("GET /finals HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void theServerHoldsTwoEventsOfEachAndNoThread() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < BROWSERS; i++) {
                sockets.add(stalled());
            }
            Flux.interval(Duration.ofMillis(10))
                    .takeUntil(tick -> application.made.get() >= 2 * BROWSERS)
                    .blockLast(Servers.PATIENCE);

            // a server that takes more events, or has no thread left, shows it here
            var answer = SERVERS.get(type, "/small", "Accept", MediaType.TEXT_EVENT_STREAM_VALUE);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("event:completed");
            assertThat(application.made).hasValue(2 * BROWSERS);
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    @RestController
    @EnableAutoConfiguration
    static class Application {

        final AtomicInteger made = new AtomicInteger();

        private final byte[] bytes = new byte[PICTURE_BYTES];

        /** Final images, of which none may be left out. */
        @GetMapping(path = "/finals", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ImageEvent> finals() {
            return Flux.range(0, 5).map(index -> {
                made.incrementAndGet();
                return new ImageEvent.ImageReady(GeneratedImage.of(index, bytes));
            });
        }

        @GetMapping(path = "/small", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ImageEvent> small() {
            return Flux.just(new ImageEvent.Completed(ImageResult.of(List.of())));
        }
    }
}
