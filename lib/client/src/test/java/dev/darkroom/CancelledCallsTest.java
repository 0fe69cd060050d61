package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.CatalogueCheck;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.HouseRules;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Signal;

/**
 * Calls of every kind against a server that refuses, fails and resets as often as it answers, given up at any moment, from
 * other threads and from within a signal: nothing is dropped, and each ends once.
 */
class CancelledCallsTest {

    private static final int CALLS = Integer.getInteger("cancels", 1000);
    private static final int AT_ONCE = 16;
    private static final long SEED = Long.getLong("seed", 20261128);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p");

    private final Queue<Object> dropped = new ConcurrentLinkedQueue<>();
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final RawGateway server = new RawGateway(CancelledCallsTest::answer);
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .baseUrl(server.url())
            .rateLimits(r -> r.maxWait(Duration.ofMillis(5)))
            .downloads(d -> d.timeout(Duration.ofMillis(100)).allow("127.0.0.1"));
    private final ImageClient storage =
            ImageClient.token360("sk-test").baseUrl(server.url()).rateLimits(r -> r.maxWait(Duration.ofMillis(5)));

    private final List<Supplier<Publisher<?>>> kinds = List.of(
            () -> client.generate(REQUEST),
            () -> client.apiKey(() -> "sk-other").generate(REQUEST),
            () -> client.checked(CatalogueCheck.WARN).generate(REQUEST),
            () -> client.result(REQUEST.deadline(Duration.ofSeconds(1))),
            () -> client.rateLimits(r -> r.gate(new OpenGate())).generate(REQUEST),
            () -> client.catalogue().orElseThrow().estimate(REQUEST),
            () -> client.catalogue().orElseThrow().models(),
            () -> client.download(GeneratedImage.at(0, null, URI.create(server.url() + "/1.png"))),
            () -> storage.stored().orElseThrow().list(),
            () -> storage.stored().orElseThrow().content("img_1"));

    CancelledCallsTest() throws IOException {}

    @BeforeEach
    void listen() {
        Hooks.onNextDropped(element -> {
            if (!(element instanceof Signal<?>)) { // a price that several had asked for, who have all gone
                dropped.add(element);
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        Hooks.resetOnNextDropped();
        client.close();
        storage.close();
        server.close();
    }

    private static void answer(RawGateway.Request request, Socket socket) throws IOException {
        var random = new Random(SEED + request.number());
        switch (random.nextInt(10)) {
            case 0, 1 -> RawGateway.say(socket, "HTTP/1.1 429 Later\r\nRetry-After: 0\r\nContent-Length: 2\r\n\r\n{}");
            case 2 -> RawGateway.say(socket, "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy");
            case 3 -> RawGateway.reset(socket);
            default -> {
                var file = request.head().startsWith("GET /1.png");
                var picture = new String(FileServer.picture(3_000), StandardCharsets.ISO_8859_1);
                var port = socket.getLocalPort();
                var body = file
                        ? picture
                        : request.head().startsWith("POST")
                                ? "{\"data\":[{\"url\":\"http://127.0.0.1:" + port + "/1.png\"},"
                                        + RawGateway.document(1).substring(9)
                                : "{\"data\":[],\"has_more\":false}";
                var whole = "HTTP/1.1 200 OK\r\nContent-Type: " + (file ? "image/png" : "application/json")
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
                var cut = random.nextInt(whole.length());
                RawGateway.say(socket, whole.substring(0, cut)); // in two pieces, for a cancel in between
                RawGateway.say(socket, whole.substring(cut));
            }
        }
    }

    @Test
    void nothingIsDroppedWheneverACallIsGivenUp() throws InterruptedException {
        var random = new Random(SEED);
        for (int i = 0; i < CALLS; i++) {
            slots.acquire();
            var call = new Call(slots, random.nextInt(4));
            kinds.get(random.nextInt(kinds.size())).get().subscribe(call);
            LockSupport.parkNanos(random.nextInt(i % 2 == 0 ? 100_000 : 2_000_000));
            if (random.nextInt(4) > 0) {
                call.cancel();
            }
        }
        assertThat(slots.tryAcquire(AT_ONCE, PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("each call has ended; seed %d", SEED)
                .isTrue();
        assertThat(HouseRules.takeDroppedErrors()).as("errors; seed %d", SEED).isEmpty();
        assertThat(dropped).as("elements; seed %d", SEED).isEmpty();
    }

    /** Gives up by itself, where it is told to, with what it is given. One of Reactor's own would drop what meets its cancel. */
    private static final class Call implements CoreSubscriber<Object> {

        private final Semaphore slots;
        private final int manner;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Subscription subscription;

        Call(Semaphore slots, int manner) {
            this.slots = slots;
            this.manner = manner;
        }

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
            given.request(manner == 0 ? 1 : Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object element) {
            if (manner == 1) {
                cancel();
            } else if (manner == 0) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            onComplete();
        }

        @Override
        public void onComplete() {
            if (over.compareAndSet(false, true)) {
                slots.release();
            }
        }

        void cancel() {
            if (over.compareAndSet(false, true)) {
                subscription.cancel();
                slots.release();
            }
        }
    }
}
