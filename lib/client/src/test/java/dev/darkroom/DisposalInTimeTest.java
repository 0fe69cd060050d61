package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.DownloadFailedException;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whatever a call waits for when its client is closed, it ends soon, with a failure of ours; every other wait here is of minutes. */
class DisposalInTimeTest {

    private static final Duration WAIT = Duration.ofMinutes(2);

    /** Calls which wait for something that the server was asked for. */
    private static final int ASKED = 14;

    /** Those which wait for a key or their turn. */
    private static final int ASKED_NOTHING = 5;

    /** Promised is a second; seen were some hundredths of one. */
    private static final Duration MOST = Duration.ofSeconds(30);

    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p").deadline(Duration.ofMinutes(10));
    private static final String JSON = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String PREVIEW = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: "
            + "{\"type\":\"image_generation.partial_image\",\"partial_image_index\":0,\"b64_json\":\"iVBORw0KGgoBAgM=\"}\n\n";

    private final Map<String, CompletableFuture<?>> calls = new LinkedHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final RawGateway server;
    private final ImageClient client;
    private final ImageClient storage;

    DisposalInTimeTest() throws IOException {
        server = new RawGateway((request, socket) -> {
            var answer = request.head().split(" ", 3)[1].split("/")[1];
            RawGateway.say(
                    socket,
                    switch (answer) {
                        case "head" -> JSON + "Content-Length: 1000\r\n\r\n{";
                        case "preview" -> PREVIEW;
                        case "limited" -> "HTTP/1.1 429 Limited\r\nRetry-After: 100\r\nContent-Length: 2\r\n\r\n{}";
                        case "refusing" -> "HTTP/1.1 429 Limited\r\nRetry-After: 100\r\nContent-Length: 200\r\n\r\n{";
                        case "busy" ->
                            "HTTP/1.1 503 Busy\r\nRetry-After: 20\r\nContent-Type: application/json\r\nContent-Length: 57\r\n\r\n"
                                    + "{\"error\":{\"code\":503,\"message\":\"Provider is overloaded\"}}";
                        default -> "";
                    });
        });
        client = ImageClient.openRouter("sk-test")
                .baseUrl(server.url() + "/silence")
                .rateLimits(r -> r.maxWait(WAIT))
                .downloads(d -> d.allow("127.0.0.1").timeout(WAIT));
        storage = ImageClient.token360("sk-test").baseUrl(server.url() + "/silence");
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        storage.close();
        server.close();
    }

    private ImageClient at(String answer) {
        return client.baseUrl(server.url() + "/" + answer).rateLimits(r -> r.gate(new OpenGate()));
    }

    private GeneratedImage image(String answer) {
        return GeneratedImage.at(0, null, URI.create(server.url() + "/" + answer + "/1.png"));
    }

    private void call(String what, Flux<?> call) {
        calls.put(what, call.then().toFuture());
    }

    private void call(String what, Mono<?> call) {
        calls.put(what, call.toFuture());
    }

    /** Counts who waits for it. */
    private <T> Mono<T> never() {
        return Mono.<T>never().doOnSubscribe(begin -> waiting.incrementAndGet()).doOnCancel(waiting::decrementAndGet);
    }

    /** Never opens. */
    private final class ShutGate extends OpenGate {
        @Override
        public Mono<Permit> permit(Duration longest, Instant latest, Consumer<Throttled> listener) {
            return never();
        }
    }

    private void callsInTheAir(Path folder) {
        call("an answer", at("silence").result(REQUEST));
        call("the rest of an answer", at("head").result(REQUEST));
        call("the rest of a stream", at("preview").generate(REQUEST.stream(true)));
        call("the rest of a refusal", at("refusing").generate(REQUEST));
        call("the time a refusal said", at("limited").generate(REQUEST));
        call("a provider that is busy", at("busy").generate(REQUEST));
        call("its turn", at("silence").rateLimits(r -> r.gate(new ShutGate())).generate(REQUEST));
        call("its key", at("silence").apiKey(never()).generate(REQUEST));
        call("its price", at("silence").catalogue().orElseThrow().estimate(REQUEST));
        call(
                "the time a refusal of its price said",
                at("limited").catalogue().orElseThrow().estimate(REQUEST));
        call(
                "the key for its price",
                at("silence").apiKey(never()).catalogue().orElseThrow().estimate(REQUEST));
        call("the models", at("busy").catalogue().orElseThrow().models());
        call("a page of stored images", storage.stored().orElseThrow().list());
        call(
                "the key for stored images",
                storage.apiKey(never()).stored().orElseThrow().list());
        call(
                "the key for a stored image",
                storage.apiKey(never()).stored().orElseThrow().content("img_1"));
        call("a stored image", storage.stored().orElseThrow().content("img_1", folder.resolve("2.png")));
        call("an image", client.download(image("head")));
        call("a file", client.download(image("silence"), folder.resolve("1.png")));
        call("a busy server of files", client.download(image("busy")));
    }

    @Test
    void everyCallInTheAirEndsSoonWithAFailureOfOurs(@TempDir Path folder) {
        callsInTheAir(folder);
        while (server.requests().size() < ASKED || waiting.get() < ASKED_NOTHING) {
            Thread.onSpinWait();
        }
        assertThat(calls).allSatisfy((what, call) -> assertThat(call).as(what).isNotDone());

        assertThatCode(client::close).doesNotThrowAnyException();
        assertThatCode(storage::close).doesNotThrowAnyException();
        Flux.fromIterable(calls.values())
                .flatMap(call -> Mono.fromFuture(call).then().onErrorComplete(), calls.size())
                .then()
                .timeout(MOST, Mono.empty())
                .block();

        assertThat(ends())
                .allSatisfy((what, end) -> assertThat(end)
                        .as("a call that waited for %s", what)
                        .isInstanceOfAny(ImageException.class, DownloadFailedException.class));
        assertThat(waiting).as("nobody waits any more").hasValue(0);
    }

    private Map<String, Throwable> ends() {
        var ends = new LinkedHashMap<String, Throwable>();
        calls.forEach((what, call) -> ends.put(
                what,
                call.isDone() ? call.handle((nothing, failure) -> failure).join() : new AssertionError("it waits on")));
        return ends;
    }
}
