package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.HouseRules;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Hooks;

/** Whoever cancels, from whichever thread and at whatever moment, is told nothing any more, and nothing is left behind. */
class QuietCancelTest {

    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p").stream(true);
    private static final int CALLS = Integer.getInteger("cancels", 1500);
    private static final int AT_ONCE = 16;

    private static final String PREVIEW =
            "data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":0,"
                    + "\"b64_json\":\"iVBORw0KGgoBAgM=" + "\"}\n\n";
    private static final String END =
            "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"iVBORw0KGgoBAgM=\"}\n\ndata: [DONE]\n\n";

    private final Queue<Object> dropped = new ConcurrentLinkedQueue<>();
    private final ImageClient client =
            ImageClient.openRouter("sk-test").rateLimits(r -> r.maxWait(Duration.ofMillis(2)));

    @BeforeEach
    void listen() {
        Hooks.onNextDropped(dropped::add);
    }

    @AfterEach
    void stop() {
        client.close();
        Hooks.resetOnNextDropped();
    }

    /** In pieces, so that chunks arrive at all moments of a call. */
    private static void stream(RawGateway.Request request, java.net.Socket socket) throws IOException {
        var random = new Random(request.number());
        if (random.nextInt(8) == 0) {
            RawGateway.say(socket, "HTTP/1.1 429 Later\r\nRetry-After: 0\r\nContent-Length: 2\r\n\r\n{}");
            return;
        }
        if (random.nextInt(8) == 0) {
            RawGateway.reset(socket);
            return;
        }
        RawGateway.say(
                socket, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = random.nextInt(4); i >= 0; i--) {
            var event = i == 0 ? END : PREVIEW;
            RawGateway.say(socket, Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
        }
        RawGateway.say(socket, "0\r\n\r\n");
    }

    @Test
    void aCancelAtAnyMomentWinsQuietly() throws Exception {
        var cancelled = new AtomicInteger();
        var slots = new Semaphore(AT_ONCE);
        try (var gateway = new RawGateway(QuietCancelTest::stream)) {
            var there = client.baseUrl(gateway.url());
            var random = new Random(1);
            for (int i = 0; i < CALLS; i++) {
                slots.acquire();
                var call = new Cancelled(slots);
                there.generate(REQUEST).subscribe(call);
                LockSupport.parkNanos(random.nextInt(i % 2 == 0 ? 300_000 : 3_000_000));
                if (call.cancelNow()) {
                    cancelled.incrementAndGet();
                }
            }
            assertThat(slots.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).isTrue();
        }
        client.close();
        TimeUnit.MILLISECONDS.sleep(300); // whatever is dropped late
        assertThat(cancelled).hasValueGreaterThan(CALLS / 10);
        assertThat(HouseRules.takeDroppedErrors()).isEmpty();
        assertThat(dropped).as("elements").isEmpty();
    }

    private static final class Cancelled implements CoreSubscriber<Object> {

        private final Semaphore slots;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile Subscription subscription;

        Cancelled(Semaphore slots) {
            this.slots = slots;
        }

        boolean cancelNow() {
            if (!over.compareAndSet(false, true)) {
                return false;
            }
            subscription.cancel();
            slots.release();
            return true;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object event) {}

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
    }
}
