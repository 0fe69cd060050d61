package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Quota;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.testsupport.HouseRules;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
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
        return lists.of(key(baseUrl, model, "sk-a"), this, Mono.fromCallable(() -> {
            asked.incrementAndGet();
            return List.of();
        }));
    }

    private static PriceLists.Key key(URI baseUrl, String model, String apiKey) {
        return new PriceLists.Key(baseUrl, Quota.of("example.com", apiKey, model));
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
            var failed = lists.of(key(HERE, "a/b", "sk-a"), this, Mono.defer(() -> {
                asked.incrementAndGet();
                return Mono.error(new IllegalStateException("down"));
            }));
            assertThat(failed.onErrorReturn(List.of()).block()).isEmpty();
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void whoGivesUpDoesNotDisturbTheOthers() {
        var source = TestPublisher.<List<ModelEndpoint>>create();
        var list = lists.of(key(HERE, "a/b", "sk-a"), this, Mono.defer(source::mono));
        var arrived = new AtomicInteger();
        var impatient = list.subscribe();
        list.subscribe(endpoints -> arrived.incrementAndGet());
        impatient.dispose();
        source.emit(List.of());
        assertThat(arrived).hasValue(1);
    }

    @Test
    void whoeverLeadsMayGiveUpAndTheOthersStillGetTheAnswerOfTheSameQuestion() {
        var source = TestPublisher.<List<ModelEndpoint>>create();
        var list = lists.of(key(HERE, "a/b", "sk-a"), this, Mono.defer(source::mono));
        var arrived = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            list.subscribe(endpoints -> arrived.incrementAndGet());
        }
        source.assertMinRequested(1).emit(List.of());

        assertThat(source.subscribeCount()).isEqualTo(1);
        assertThat(arrived).hasValue(10);
    }

    @Test
    void aQuestionNobodyWaitsForIsGivenUp() {
        var source = TestPublisher.<List<ModelEndpoint>>create();
        var list = lists.of(key(HERE, "a/b", "sk-a"), this, Mono.defer(source::mono));
        var one = list.subscribe();
        var two = list.subscribe();
        one.dispose();
        source.assertNotCancelled();
        two.dispose();

        source.assertCancelled();
    }

    /** It was on its way when the last of them cancelled. */
    @Test
    void anAnswerThatMeetsNobodyAnyMoreIsKeptForTheNextWhoAsks() {
        var source =
                TestPublisher.<List<ModelEndpoint>>createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        var list = lists.of(key(HERE, "a/b", "sk-a"), this, Mono.defer(source::mono));
        var one = list.subscribe();
        var two = list.subscribe();
        one.dispose();
        two.dispose();
        source.emit(List.of());

        assertThat(list(HERE, "a/b").block()).isEmpty();
        assertThat(asked).as("no further question").hasValue(0);
    }

    @Test
    void aFailureThatMeetsNobodyAnyMoreIsNoErrorThatIsDropped() {
        var source =
                TestPublisher.<List<ModelEndpoint>>createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        var list = lists.of(key(HERE, "a/b", "sk-a"), this, Mono.defer(source::mono));
        var one = list.subscribe();
        var two = list.subscribe();
        one.dispose();
        two.dispose();
        source.error(new IllegalStateException("down"));

        assertThat(HouseRules.takeDroppedErrors()).isEmpty();
        assertThat(list(HERE, "a/b").block()).isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void whoJoinedAQuestionThatFailsAsksOnceMore() {
        var first = TestPublisher.<List<ModelEndpoint>>create();
        var second = TestPublisher.<List<ModelEndpoint>>create();
        var sources = new ArrayDeque<>(List.of(first, second));
        var list = lists.of(
                key(HERE, "a/b", "sk-a"),
                this,
                Mono.defer(() -> sources.remove().mono()));
        var failures = new AtomicInteger();
        var arrived = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            list.subscribe(endpoints -> arrived.incrementAndGet(), failure -> failures.incrementAndGet());
        }
        first.error(new IllegalStateException("down"));
        assertThat(failures).as("whose question it was").hasValue(1);
        second.emit(List.of());

        assertThat(arrived).as("one more question for all others").hasValue(9);
    }

    @Test
    void anotherKeyAndAnotherClientAskForThemselves() {
        var same = key(HERE, "a/b", "sk-a");
        lists.of(same, this, answer()).block();
        lists.of(same, "another client", answer()).block();
        assertThat(asked).as("an answer is everybody's").hasValue(1);
        lists.of(key(HERE, "a/b", "sk-b"), this, answer()).block();
        assertThat(asked).hasValue(2);

        var silent = TestPublisher.<List<ModelEndpoint>>create();
        var other = key(HERE, "a/c", "sk-a");
        lists.of(other, this, silent.mono()).subscribe();
        lists.of(other, "another client", answer()).block();
        assertThat(asked).as("a question is not").hasValue(3);
    }

    private Mono<List<ModelEndpoint>> answer() {
        return Mono.fromCallable(() -> {
            asked.incrementAndGet();
            return List.of();
        });
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
