package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.Size;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** An application which tells all that Boot can tell: logs, endpoints, meters, observations. */
class SecretsTest {

    private static final byte[] REFERENCE =
            "\u0089PNG\r\n\u001a\ncanaryReference".getBytes(StandardCharsets.ISO_8859_1);

    /** How each PNG begins, in base64 and as it is; and the reference. */
    private static final List<String> SECRETS = List.of(
            "canary",
            "iVBORw0KGgo",
            "\u0089PNG",
            "\uFFFDPNG",
            "89 50 4e 47",
            "-119, 80, 78, 71",
            Base64.getEncoder().encodeToString(REFERENCE).substring(12, 24));

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Test
    void nothingIsToldByAnApplicationWithAllThatBootCanTell() throws Exception {
        var console = new Console();
        try (console;
                var application = new SpringApplicationBuilder(Gallery.class)
                        .web(WebApplicationType.REACTIVE)
                        .run(
                                "--server.port=0",
                                "--logging.config=classpath:every-word.xml",
                                "--logging.level.root=TRACE",
                                "--logging.level.dev.darkroom.emulator=OFF",
                                "--logging.level.reactor.netty.http.server=OFF", // the emulator's and the page's: they
                                // are sent
                                // pictures
                                "--management.endpoints.web.exposure.include=*",
                                "--management.endpoint.env.show-values=always",
                                "--management.endpoint.configprops.show-values=always",
                                "--management.endpoint.quartz.show-values=always",
                                "--management.endpoint.health.show-details=always",
                                "--management.health.redis.enabled=false", // its client is on our path, and no server
                                // is there
                                "--darkroom.emulator.enabled=true",
                                "--darkroom.emulator.latency=0s",
                                "--darkroom.api-key=sk-canaryKey",
                                "--darkroom.headers.X-Token=canaryHeader",
                                "--darkroom.model=openai/gpt-image-1-mini",
                                "--darkroom.clients.posters.api-key=sk-canaryKeyToo",
                                "--darkroom.clients.posters.headers.X-Token=canaryHeaderToo")) {
            var base = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
            var emulator = application.getBean(RunningEmulator.class);
            emulator.enqueue(
                    Fault.NONE,
                    Fault.RATE_LIMIT_MILLIS,
                    Fault.MODERATION,
                    Fault.CUT,
                    Fault.SERVER_ERROR,
                    Fault.MALFORMED_JSON);
            for (int i = 0; i < 5; i++) {
                assertThat(get(base + "/preview")).contains("event:");
            }
            endpoints(base).forEach(url -> told.add(url + " " + get(url)));
            assertThat(told).anyMatch(text -> text.contains("threadName")).hasSizeGreaterThan(10);
            application
                    .getBean(MeterRegistry.class)
                    .getMeters()
                    .forEach(meter -> told.add(meter.getId() + " " + meter.measure()));
            var observed = application.getBean(Observed.class).told();
            assertThat(observed).hasSizeGreaterThan(5);
            told.addAll(observed);
            told.add(application.getBeansOfType(ImageClient.class).toString());
        }

        var printed = console.lines();
        assertThat(told.stream().filter(text -> SECRETS.stream().anyMatch(text::contains)))
                .isEmpty();
        assertThat(printed.stream().filter(line -> line.contains("TRACE"))).hasSizeGreaterThan(100);
        assertThat(printed.stream().anyMatch(line -> line.contains("reactor.netty")))
                .isTrue();
        assertThat(printed.stream().filter(line -> SECRETS.stream().anyMatch(line::contains)))
                .isEmpty();
    }

    /** All that the actuator offers without a parameter, and each of its meters; a dump of the heap aside. */
    private static List<String> endpoints(String base) {
        var found = Pattern.compile("\"href\":\"([^\"{]+)\"")
                .matcher(get(base + "/actuator"))
                .results()
                .map(match -> match.group(1))
                .filter(url -> !url.endsWith("/heapdump") && !url.endsWith("/shutdown"))
                .toList();
        var meters = Pattern.compile("\"((?:gen_ai|darkroom)[\\w.]+)\"")
                .matcher(get(base + "/actuator/metrics"))
                .results()
                .map(match -> base + "/actuator/metrics/" + match.group(1))
                .toList();
        assertThat(found).anyMatch(url -> url.endsWith("/env")).anyMatch(url -> url.endsWith("/threaddump"));
        assertThat(meters).isNotEmpty();
        return Stream.concat(found.stream(), meters.stream()).toList();
    }

    private static String get(String url) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofMinutes(1))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is printed meanwhile, by Boot's logging too; for this test's ears alone, since it is some twenty thousand lines. */
    private static final class Console implements AutoCloseable {

        private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        private final PrintStream out = System.out;
        private final PrintStream err = System.err;

        Console() {
            var ears = new PrintStream(printed, true, StandardCharsets.UTF_8);
            System.setOut(ears);
            System.setErr(ears);
        }

        List<String> lines() {
            return printed.toString(StandardCharsets.UTF_8).lines().toList();
        }

        @Override
        public void close() {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** What a tracer would be told: names, key values, events and errors. */
    static final class Observed implements ObservationHandler<Observation.Context> {

        private final Queue<String> told = new ConcurrentLinkedQueue<>();

        Queue<String> told() {
            return told;
        }

        @Override
        public void onStop(Observation.Context context) {
            told.add(context + " " + context.getAllKeyValues() + context.getContextualName());
        }

        @Override
        public void onEvent(Observation.Event event, Observation.Context context) {
            told.add(event.getName() + event.getContextualName());
        }

        @Override
        public void onError(Observation.Context context) {
            var trace = new StringWriter();
            context.getError().printStackTrace(new PrintWriter(trace));
            told.add(trace.toString());
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @RestController
    @EnableAutoConfiguration
    static class Gallery {

        private final ImageClient images;

        Gallery(ImageClient images) {
            this.images = images;
        }

        @Bean
        static Observed observed() {
            return new Observed();
        }

        @GetMapping(path = "/preview", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        Flux<ServerSentEvent<String>> preview() {
            var request = ImageRequest.of("", "canaryPrompt of a lighthouse")
                    .size(Size.pixels(64, 64))
                    .references(ImageReference.bytes(REFERENCE))
                    .stream(true);
            return images.generate(request)
                    .map(event -> event.getClass().getSimpleName())
                    .onErrorResume(failure -> Flux.just(failure.getClass().getSimpleName()))
                    .map(name -> ServerSentEvent.builder("-").event(name).build());
        }
    }
}
