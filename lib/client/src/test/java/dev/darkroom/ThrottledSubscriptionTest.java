package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.StoredImageQuery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/** A subscription hears of its own waits, whoever else shares its client. */
class ThrottledSubscriptionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String REFUSED_TWICE = "rate-limit-millis; retry-after=0.5; times=2";
    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse").size(Size.pixels(16, 16));

    private final RunningEmulator emulator = ImageEmulator.create().start();
    private final ImageClient client = ImageClient.openRouter("sk-test")
            .baseUrl(emulator.openRouterBaseUrl().toString());
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        client.close();
        emulator.close();
    }

    @Test
    void itHearsOfItsOwnWaitsAndNotOfThoseOfAnother() {
        var own = new ConcurrentLinkedQueue<Throttled>();
        var others = new ConcurrentLinkedQueue<Throttled>();
        var refused = client.generate(REQUEST.header("X-Emulator-Fault", REFUSED_TWICE))
                .contextWrite(Throttled.listener(own::add));
        var free = client.generate(ImageRequest.of("black-forest-labs/flux.2-klein-4b", "a fox"))
                .contextWrite(Throttled.listener(others::add));
        assertThat(Flux.merge(refused, free)
                        .ofType(ImageEvent.Completed.class)
                        .count()
                        .block(PATIENCE))
                .isEqualTo(2);
        assertThat(own).extracting(Throttled::attempt).containsExactly(1, 2);
        assertThat(own).allSatisfy(wait -> assertThat(wait.quota().model()).isEqualTo(REQUEST.model()));
        assertThat(others).isEmpty();
    }

    @Test
    void listenersAddUpAfterTheClientsOwn() {
        client.rateLimits(r -> r.onThrottled(wait -> heard.add("the client's")))
                .generate(REQUEST.header("X-Emulator-Fault", "rate-limit-millis; retry-after=0.5; times=1"))
                .contextWrite(Throttled.listener(wait -> heard.add("the service's")))
                .contextWrite(Throttled.listener(wait -> heard.add("the page's")))
                .blockLast(PATIENCE);
        assertThat(heard).containsExactly("the client's", "the page's", "the service's");
    }

    @Test
    void eachSubscriptionOfOneFluxHasTheListenerOfItsOwn() {
        emulator.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(500)));
        var events = client.generate(REQUEST);
        events.contextWrite(Throttled.listener(wait -> heard.add("first"))).blockLast(PATIENCE);
        emulator.enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofMillis(500)));
        events.contextWrite(Throttled.listener(wait -> heard.add("second"))).blockLast(PATIENCE);
        assertThat(heard).containsExactly("first", "second");
    }

    @Test
    void oneThatThrowsFailsItsOwnRequestAndNothingElse() {
        var failure = client.generate(REQUEST.header("X-Emulator-Fault", REFUSED_TWICE))
                .contextWrite(Throttled.listener(wait -> {
                    throw new IllegalStateException("mine");
                }))
                .then()
                .materialize()
                .block(PATIENCE)
                .getThrowable();
        assertThat(failure)
                .isInstanceOf(RejectedException.class)
                .hasMessage("not sent: the throttle listener threw IllegalStateException")
                .hasRootCauseMessage("mine");
        assertThat(client.result(REQUEST).block(PATIENCE).images()).hasSize(1);
    }

    @Test
    void aCallThatCostsNothingIsHeardToo() {
        try (var token360 = ImageClient.token360("sk-test")
                .baseUrl(emulator.baseUrl("token360").toString())
                .header("X-Emulator-Fault", REFUSED_TWICE)) {
            token360.stored()
                    .orElseThrow()
                    .list(StoredImageQuery.newestFirst())
                    .contextWrite(Throttled.listener(wait -> heard.add("attempt " + wait.attempt())))
                    .blockLast(PATIENCE);
        }
        assertThat(heard).containsExactly("attempt 1", "attempt 2");
    }

    @Test
    void aGeneratorThatWaitsByItselfCanTellTheSubscription() {
        assertThat(Throttled.listenerIn(Context.empty())).isNotNull();
        var told = Flux.deferContextual(subscription -> {
            Throttled.listenerIn(subscription).accept(null);
            return Flux.empty();
        });
        told.contextWrite(Throttled.listener(wait -> heard.add("told"))).blockLast(PATIENCE);
        assertThat(heard).containsExactly("told");
    }
}
