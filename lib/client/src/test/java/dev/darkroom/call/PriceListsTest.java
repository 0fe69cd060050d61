package dev.darkroom.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ModelEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class PriceListsTest {

    private static final URI HERE = URI.create("https://example.com");
    private VirtualTimeScheduler time;
    private final AtomicInteger asked = new AtomicInteger();
    private final PriceLists lists = new PriceLists();

    @BeforeEach
    void setTime() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void resetTime() {
        VirtualTimeScheduler.reset();
    }

    private Mono<List<ModelEndpoint>> list(URI baseUrl, String model) {
        return lists.of(baseUrl, model, () -> {
            asked.incrementAndGet();
            return Mono.just(List.of());
        });
    }

    @Test
    void aListIsAskedForOnceAnHour() {
        list(HERE, "a/b").block();
        time.advanceTimeBy(Duration.ofMinutes(59));
        list(HERE, "a/b").block();
        assertThat(asked).hasValue(1);
        time.advanceTimeBy(Duration.ofMinutes(2));
        list(HERE, "a/b").block();
        assertThat(asked).hasValue(2);
    }

    @Test
    void everyModelAtEveryAddressHasAListOfItsOwn() {
        list(HERE, "a/b").block();
        list(HERE, "a/c").block();
        list(URI.create("https://example.org"), "a/b").block();
        assertThat(asked).hasValue(3);
    }

    @Test
    void nothingIsAskedBeforeSomebodySubscribes() {
        list(HERE, "a/b");
        assertThat(asked).hasValue(0);
    }

    @Test
    void whatCouldNotBeHadIsAskedForAgain() {
        for (int i = 0; i < 2; i++) {
            var failed = lists.of(HERE, "a/b", () -> {
                asked.incrementAndGet();
                return Mono.error(new IllegalStateException("down"));
            });
            assertThat(failed.onErrorReturn(List.of()).block()).isEmpty();
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void whoGivesUpDoesNotDisturbTheOthers() {
        var source = TestPublisher.<List<ModelEndpoint>>create();
        var list = lists.of(HERE, "a/b", source::mono);
        var arrived = new AtomicInteger();
        var impatient = list.subscribe();
        list.subscribe(endpoints -> arrived.incrementAndGet());
        impatient.dispose();
        source.emit(List.of());
        assertThat(arrived).hasValue(1);
    }

    @Test
    void theOldestListsGoWhenThereAreTooMany() {
        for (int i = 0; i < 257; i++) {
            list(HERE, "a/" + i).block();
        }
        list(HERE, "a/256").block();
        assertThat(asked).hasValue(257);
        list(HERE, "a/0").block();
        assertThat(asked).hasValue(258);
    }
}
