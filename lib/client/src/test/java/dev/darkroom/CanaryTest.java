package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageReference;
import dev.darkroom.image.ImageRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/**
 * Neither key nor prompt nor image nor reference is ever told: by any logger at its most talkative, by what an event, a result or a failure
 * says of itself and of all it carries, by the name of a thread. Through every success and every fault, of the API, of its framing and of its
 * connection, with what is tried again and what is redirected.
 */
class CanaryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final int AT_A_TIME = 64;
    private static final byte[] REFERENCE = reference();

    /** One for each way in which a request can end. */
    private static final Set<Fault> SAMPLE = EnumSet.of(
            Fault.NONE,
            Fault.RATE_LIMIT_MILLIS,
            Fault.MODERATION,
            Fault.SERVER_ERROR,
            Fault.CUT,
            Fault.MALFORMED_JSON,
            Fault.EXPIRED_URL,
            Fault.HTML_OK,
            Fault.REDIRECT,
            Fault.GARBAGE);

    /** A PNG to whoever looks at its first bytes only. */
    private static byte[] reference() {
        return "\u0089PNG\r\n\u001a\ncanaryReference".getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What must not be told, and of which gateway it is. */
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
    }

    /** All at a time, since most of it is waiting; each has an emulator of its own, whose downloads fail for it alone. */
    @Test
    void nothingIsToldAtAnyGateway() {
        try (var told = new Told()) {
            Flux.fromIterable(emulator().gateways())
                    .map(gateway -> new Trial(gateway, emulator(), told))
                    .flatMap(Trial::ofSomeFaultsAndOfDownloads, Integer.MAX_VALUE)
                    .blockLast(PATIENCE);
            told.tellThreads();
            assertNothingIsTold(told);
        }
    }

    @Test
    void nothingIsToldByAnyFault() {
        try (var told = new Told()) {
            new Trial("openrouter", emulator(), told).of(plain()).blockLast(PATIENCE);
            told.tellThreads();
            assertNothingIsTold(told);
            assertThat(told.loggers()).as("all loggers are heard").anyMatch(name -> name.startsWith("reactor.netty"));
        }
    }

    private RunningEmulator emulator() {
        var emulator = ImageEmulator.create().shrink(64).start();
        open.add(emulator);
        return emulator;
    }

    private static Set<Fault> plain() {
        var faults = EnumSet.allOf(Fault.class);
        faults.removeIf(fault ->
                Set.of(Fault.Kind.HANDSHAKE, Fault.Kind.TLS, Fault.Kind.HTTP2).contains(fault.kind()));
        return faults;
    }

    /** The requests to one gateway. What is secret about them says of which, so that what is told does. */
    private final class Trial {

        private final String gateway;
        private final RunningEmulator emulator;
        private final Told told;
        private final ImageClient client;
        private final ImageRequest request;

        Trial(String gateway, RunningEmulator emulator, Told told) {
            this.gateway = gateway;
            this.emulator = emulator;
            this.told = told;
            client = ImageClient.named(gateway, "sk-canaryKey0123456789-" + gateway)
                    .baseUrl(emulator.baseUrl(gateway).toString())
                    .dropUnsupportedOptions(true)
                    .header("X-Canary", "canaryHeader of " + gateway)
                    .timeouts(t -> t.silence(SHORT).firstByte(SHORT.multipliedBy(4)))
                    .downloads(d -> d.allow("127.0.0.1"));
            open.add(client);
            request = ImageRequest.of(
                            Gateways.named(gateway).defaultModel(), "canaryPrompt of a lighthouse, " + gateway)
                    .user("canaryUser of " + gateway)
                    .header("X-Also", "canaryHeader of " + gateway);
        }

        Flux<ImageEvent> ofSomeFaultsAndOfDownloads() {
            return of(SAMPLE).concatWith(Flux.defer(() -> {
                emulator.enqueueDownload(Fault.REDIRECT.once(), Fault.NOT_FOUND.once(), Fault.CUT.once());
                return of(EnumSet.of(Fault.NONE, Fault.NO_PARTIALS, Fault.NO_USAGE));
            }));
        }

        Flux<ImageEvent> of(Set<Fault> faults) {
            told.tell(client);
            told.tell(request);
            var faulty = Flux.fromIterable(faults)
                    .flatMapIterable(fault -> List.of(faulty(fault, false), faulty(fault, true)))
                    .flatMap(this::events, AT_A_TIME);
            return Flux.concat(
                    faulty,
                    events(request.references(ImageReference.bytes(REFERENCE))),
                    events(request.references(ImageReference.url(URI.create("https://example.com/canaryUrl")))));
        }

        private ImageRequest faulty(Fault fault, boolean stream) {
            return request.stream(stream).header("X-Emulator-Fault", fault.word() + "; times=1");
        }

        private Flux<ImageEvent> events(ImageRequest request) {
            return client.rateLimits(r -> r.gate(RateGates.inMemory()).onThrottled(told::tell))
                    .generate(request)
                    .doOnNext(told::tell)
                    .doOnNext(event -> images(event)
                            .forEach(image -> forms(image.toByteArray()).forEach(form -> secrets.put(form, gateway))))
                    .doOnError(told::tell)
                    .doOnError(failure -> assertThat(failure).isInstanceOf(ImageException.class))
                    .onErrorComplete(ImageException.class);
        }
    }

    private static Stream<GeneratedImage> images(ImageEvent event) {
        var images = event instanceof ImageEvent.Partial partial
                ? Stream.of(partial.image())
                : event instanceof ImageEvent.Completed end
                        ? end.result().images().stream()
                        : Stream.<GeneratedImage>of();
        return images.filter(GeneratedImage::isLoaded).filter(image -> image.size() > 200);
    }

    /** Some bytes of its middle, which are in no other picture, in each way in which bytes are shown. */
    private static List<String> forms(byte[] image) {
        int middle = image.length / 6 * 3;
        var some = Arrays.copyOfRange(image, middle, middle + 12);
        return List.of(
                Base64.getEncoder().encodeToString(some),
                HexFormat.of().formatHex(some, 0, 8),
                HexFormat.ofDelimiter(" ").formatHex(some, 0, 8),
                Arrays.toString(some).replaceAll("[\\[\\]]", ""),
                new String(some, StandardCharsets.ISO_8859_1));
    }

    private void assertNothingIsTold(Told told) {
        forms(REFERENCE).forEach(form -> secrets.put(form, "any"));
        List.of(
                        "canary",
                        Base64.getEncoder().encodeToString(REFERENCE).substring(0, 20),
                        "iVBORw0KGgo", // how each PNG begins, and each JPEG
                        "/9j/4AA",
                        "89 50 4e 47",
                        "\u0089PNG",
                        "\uFFFDPNG",
                        "-119, 80, 78, 71")
                .forEach(secret -> secrets.put(secret, "any"));
        assertThat(told.lines()).hasSizeGreaterThan(100);
        var leaks = new ArrayList<String>();
        secrets.forEach((secret, gateway) -> told.lines().stream()
                .filter(line -> line.contains(secret))
                .forEach(line -> leaks.add("of " + gateway + ": " + line)));
        assertThat(leaks).isEmpty();
    }
}
