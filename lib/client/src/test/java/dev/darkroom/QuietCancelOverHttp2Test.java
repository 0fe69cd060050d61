package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageRequest;
import dev.darkroom.testsupport.HouseRules;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.SignalType;

/** Over HTTP/2, where those who cancel share a connection with those who do not, nothing is left behind either. */
class QuietCancelOverHttp2Test {

    private static final ImageRequest REQUEST = ImageRequest.of("a/b", "p").stream(true);
    private static final int CALLS = Integer.getInteger("cancels", 400);
    private static final int AT_ONCE = 16;

    private static final String PREVIEW =
            "data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":0,\"b64_json\":\"iVBORw0KGgoBAgM=\"}\n\n";
    private static final String END =
            "data: {\"type\":\"image_generation.completed\",\"b64_json\":\"iVBORw0KGgoBAgM=\"}\n\ndata: [DONE]\n\n";

    private final Queue<Object> dropped = new ConcurrentLinkedQueue<>();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .rateLimits(r -> r.maxWait(Duration.ofMillis(2)))
            .customize(Http2Gateway::trusting)
            .connections(c -> c.http2(true));

    @BeforeEach
    void listen() {
        Hooks.onNextDropped(dropped::add);
    }

    @AfterEach
    void stop() {
        client.close();
        Hooks.resetOnNextDropped();
    }

    /** In pieces, so that they arrive at all moments of a call; some are refused, reset, or the last of their connection. */
    private static void stream(Http2Gateway.Request request) {
        var random = new Random(request.number());
        var frames = request.frames();
        switch (random.nextInt(20)) {
            case 0 -> frames.reset(request.stream(), Http2Error.REFUSED_STREAM);
            case 1 -> frames.reset(request.stream(), Http2Error.INTERNAL_ERROR);
            case 2 -> frames.goAway(request.stream() - 2, Http2Error.NO_ERROR);
            default -> {
                frames.stream(request.stream());
                for (int i = random.nextInt(4); i > 0; i--) {
                    frames.data(request.stream(), PREVIEW, false);
                }
                frames.later(() -> frames.data(request.stream(), END, true));
            }
        }
    }

    @Test
    void aCancelAtAnyMomentWinsQuietly() throws Exception {
        var slots = new Semaphore(AT_ONCE);
        var cancelled = 0;
        try (var gateway = new Http2Gateway(QuietCancelOverHttp2Test::stream)) {
            var there = client.baseUrl(gateway.url());
            var random = new Random(1);
            for (int i = 0; i < CALLS; i++) {
                slots.acquire();
                var call = new Call(slots);
                there.generate(REQUEST).subscribe(call);
                LockSupport.parkNanos(random.nextInt(i % 2 == 0 ? 300_000 : 3_000_000));
                if (i % 4 != 0 && !call.isDisposed()) {
                    call.cancel();
                    cancelled++;
                }
            }
            assertThat(slots.tryAcquire(AT_ONCE, 1, TimeUnit.MINUTES)).isTrue();
            assertThat(gateway.connections()).as("connections outlive cancels").isLessThan(CALLS / 4);
        }
        client.close();
        TimeUnit.MILLISECONDS.sleep(300); // whatever is dropped late
        assertThat(cancelled).isGreaterThan(CALLS / 10);
        assertThat(HouseRules.takeDroppedErrors()).isEmpty();
        assertThat(dropped).as("elements").isEmpty();
    }

    private static final class Call extends BaseSubscriber<Object> {

        private final Semaphore slots;
        private final AtomicBoolean over = new AtomicBoolean();

        Call(Semaphore slots) {
            this.slots = slots;
        }

        @Override
        protected void hookOnError(Throwable failure) {
            // resets are meant to fail
        }

        @Override
        protected void hookFinally(SignalType type) {
            if (over.compareAndSet(false, true)) {
                slots.release();
            }
        }
    }
}
