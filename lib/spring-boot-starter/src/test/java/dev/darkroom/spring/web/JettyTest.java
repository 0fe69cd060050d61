package dev.darkroom.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** MVC on Jetty, which writes without blocking by the same listener as Tomcat does: put together by hand, beside Boot's Tomcat. */
class JettyTest {

    /** More than the buffers of two sockets take, so that the first event is never written whole. */
    private static final int PICTURE_BYTES = 12 << 20;

    private static final int BROWSERS = 12;

    @Test
    void browsersThatStallHoldNoThreadAndTwoEventsEachAndTheNextOneIsAnswered() throws Exception {
        try (var application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.SERVLET)
                .run("--spring.main.banner-mode=off", "--darkroom.emulator.enabled=true")) {
            var port = ((ServletWebServerApplicationContext) application)
                    .getWebServer()
                    .getPort();
            var made = application.getBean(Application.class).made;
            var sockets = new ArrayList<Socket>();
            try {
                for (int i = 0; i < BROWSERS; i++) {
                    sockets.add(stalled(port));
                }
                Flux.interval(Duration.ofMillis(10))
                        .takeUntil(tick -> made.get() >= 2 * BROWSERS)
                        .blockLast(Servers.PATIENCE);

                var answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/small"))
                                        .timeout(Servers.PATIENCE)
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(answer.body()).startsWith(":\n").contains("event:completed");
                assertThat(made).hasValue(2 * BROWSERS);
            } finally {
                for (var socket : sockets) {
                    socket.close();
                }
            }
        }
    }

    private static Socket stalled(int port) throws Exception {
        var socket = new Socket();
        socket.setReceiveBufferSize(4 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write("GET /finals HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** With as few threads as it can live on: fewer than there are browsers. */
    static final class Jetty implements WebServer {

        private final Server server = new Server(new QueuedThreadPool(8, 1));
        private final ServerConnector connector = new ServerConnector(server, 1, 1);

        Jetty(ServletContextHandler handler) {
            server.addConnector(connector);
            server.setHandler(handler);
        }

        @Override
        public void start() {
            try {
                server.start();
            } catch (Exception e) {
                throw new WebServerException("Jetty did not start", e);
            }
        }

        @Override
        public void stop() {
            try {
                server.stop();
            } catch (Exception e) {
                throw new WebServerException("Jetty did not stop", e);
            }
        }

        @Override
        public int getPort() {
            return connector.getLocalPort();
        }
    }

    @RestController
    @EnableAutoConfiguration
    static class Application {

        final AtomicInteger made = new AtomicInteger();

        private final byte[] bytes = new byte[PICTURE_BYTES];

        @Bean
        static ServletWebServerFactory jettyFactory() {
            return initializers -> {
                var handler = new ServletContextHandler("/");
                handler.addServletContainerInitializer((classes, context) -> {
                    for (var initializer : initializers) {
                        initializer.onStartup(context);
                    }
                });
                var jetty = new Jetty(handler);
                jetty.start();
                return jetty;
            };
        }

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
