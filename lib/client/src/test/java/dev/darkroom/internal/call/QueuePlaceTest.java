package dev.darkroom.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.OpenGate;
import dev.darkroom.WallClock;
import dev.darkroom.dialect.ApiCall;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.gate.Ticket;
import dev.darkroom.image.FailureDetails;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.UnavailableException;
import dev.darkroom.internal.call.Prepare.Prepared;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.settings.Connections;
import dev.darkroom.settings.Downloads;
import dev.darkroom.settings.Limits;
import dev.darkroom.settings.RateLimits;
import dev.darkroom.settings.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A request in line before gates that do as they like, with keys that change; in virtual time. */
class QueuePlaceTest {

    private static final Prepared PREPARED = new Prepared(
            ImageRequest.of("painter", "a fox"),
            new ApiCall("POST", "/", Map.of(), List.of()),
            "painter",
            1,
            List.of());

    private final WallClock time = new WallClock();
    private final Clock clock = new Clock(time);
    private final Gate gate = new Gate();
    private final List<KeyedPermit> permits = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private Mono<String> key = Mono.just("sk-a");
    private Consumer<Throttled> listener = throttled -> {};

    QueuePlaceTest() {
        VirtualTimeScheduler.set(time);
    }

    @AfterEach
    void resetTime() {
        VirtualTimeScheduler.reset();
    }

    /** Gives what it is told to, and notes what it hears. */
    private static final class Gate extends OpenGate {

        final List<String> heard = new ArrayList<>();
        Supplier<@Nullable Mono<Permit>> permits = () -> Mono.just(this);
        boolean tells;

        @Override
        public Ticket enter(Quota quota, int cost) {
            heard.add("enter " + quota.credential());
            return this;
        }

        @Override
        public Mono<Permit> permit(Duration longest, Instant latest, Consumer<Throttled> listener) {
            if (tells) {
                listener.accept(new Throttled(new Quota("h", "c", "m"), Instant.EPOCH, 0));
            }
            return permits.get();
        }

        @Override
        public void close() {
            heard.add("close");
        }

        @Override
        public void abandoned() {
            heard.add("abandoned");
        }
    }

    private static String entered(String key) {
        return "enter " + Quota.of("example.com", key, "painter").credential();
    }

    private Disposable ask(@Nullable Duration deadline, RateLimitedException... refusals) {
        var rateLimits = RateLimits.of(gate).onThrottled(throttled -> listener.accept(throttled));
        var settings = new Settings(
                new EndpointConfig(new OpenRouterDialect(), URI.create("https://example.com"), key, Map.of()),
                Timeouts.defaults(),
                Connections.defaults(),
                Limits.defaults(),
                Downloads.defaults(),
                rateLimits,
                new Checking());
        var limit = new Deadline(deadline, null, clock);
        var retries = new GatedRetry(rateLimits.maxWait(), new Backoff(() -> 0), limit, clock);
        var outcomes = new ArrayList<>(List.of(refusals));
        return Flux.using(
                        () -> new QueuePlace(settings, PREPARED, retries, limit, clock),
                        place -> Flux.defer(place::permit)
                                .doOnNext(permit -> {
                                    if (!outcomes.isEmpty()) {
                                        throw outcomes.remove(0);
                                    }
                                })
                                .retryWhen(retries.asRetry())
                                .onErrorMap(retries::told),
                        QueuePlace::close)
                .subscribe(permits::add, failures::add);
    }

    private static RateLimitedException refused(@Nullable Instant until) {
        return new RateLimitedException("limited", FailureDetails.NONE, until);
    }

    private void pass(double seconds) {
        time.advanceTimeBy(Duration.ofNanos((long) (seconds * 1e9)));
    }

    @Test
    void aGateThatOpensEarlierThanTheServerSaidIsAskedAgainThen() {
        ask(null, refused(time.wall().plusSeconds(30)));
        pass(29.999);
        assertThat(permits).isEmpty();
        assertThat(gate.heard).as("its turn is somebody else's meanwhile").contains("abandoned");
        pass(0.002);

        assertThat(permits).hasSize(1);
    }

    @Test
    void aGateThatNeverOpensKeepsNobodyBeyondItsDeadline() {
        gate.permits = Mono::never;
        ask(Duration.ofSeconds(10));
        pass(9.1);

        assertThat(failures)
                .singleElement()
                .isInstanceOf(UnavailableException.class)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("deadline of PT10S")
                .hasMessageContaining(RateLimits.LEAST_TIME_TO_SEND);
        assertThat(gate.heard).endsWith("close");
    }

    @Test
    void aGateThatNeverOpensAgainKeepsNobodyBeyondTheLongestWait() {
        var permits = new ArrayList<Mono<Permit>>(List.of(Mono.just(gate), Mono.never()));
        gate.permits = () -> permits.remove(0);
        ask(null, refused(time.wall().plusSeconds(1)));
        pass(119);
        assertThat(failures).isEmpty();
        pass(1.1);

        assertThat(failures)
                .singleElement()
                .isInstanceOf(RateLimitedException.class)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("maximum wait of PT2M");
    }

    @Test
    void nothingIsSentWithLessOfTheDeadlineLeftThanASecondOrATenthOfIt() {
        for (var deadline : List.of(Duration.ofSeconds(1), Duration.ofSeconds(100))) {
            for (var early : new boolean[] {true, false}) {
                permits.clear();
                failures.clear();
                var least =
                        deadline.compareTo(Duration.ofSeconds(10)) < 0 ? deadline.dividedBy(10) : Duration.ofSeconds(1);
                var comes = deadline.minus(least).plusMillis(early ? -1 : 1);
                gate.permits = () -> Mono.delay(comes, time).thenReturn(gate);
                ask(deadline);
                time.advanceTimeBy(deadline);

                assertThat(permits).as("%s of %s", comes, deadline).hasSize(early ? 1 : 0);
                assertThat(failures).hasSize(early ? 0 : 1);
            }
        }
    }

    @Test
    void theKeyThatIsSentIsTheOneWhoseLineWasWaitedIn() {
        var keys = new ArrayList<>(List.of("sk-a", "sk-b"));
        key = Mono.fromSupplier(() -> keys.size() > 1 ? keys.remove(0) : keys.get(0));
        gate.permits = () -> Mono.delay(Duration.ofSeconds(5), time).thenReturn(gate);
        ask(null);
        pass(20);

        assertThat(gate.heard).containsExactly(entered("sk-a"), "abandoned", "close", entered("sk-b"), "close");
        assertThat(permits)
                .singleElement()
                .satisfies(permit -> assertThat(permit.key()).isEqualTo("sk-b"));
    }

    @Test
    void aKeyThatIsAnotherEachTimeFindsItsLineToo() {
        var asked = new int[1];
        key = Mono.fromSupplier(() -> "sk-" + asked[0]++);
        ask(null);
        pass(0.001);

        assertThat(permits)
                .singleElement()
                .satisfies(permit -> assertThat(permit.key()).isEqualTo("sk-0"));
        assertThat(gate.heard).containsExactly(entered("sk-0"), "close");
    }

    @Test
    void aGateThatFailsIsToldAsItsFault() {
        for (var fault : List.<Supplier<@Nullable Mono<Permit>>>of(
                () -> {
                    throw new NoClassDefFoundError();
                },
                () -> Mono.error(new IllegalStateException("mine")),
                Mono::empty,
                () -> null)) {
            failures.clear();
            gate.permits = fault;
            ask(null);
            pass(0.001);

            assertThat(failures)
                    .singleElement()
                    .isInstanceOf(RejectedException.class)
                    .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                    .hasMessageStartingWith("not sent: the rate gate ");
        }
        assertThat(permits).isEmpty();
    }

    @Test
    void aListenerThatThrowsIsToldAsItsFaultWhateverTheGateMakesOfIt() {
        gate.tells = true;
        gate.permits = Mono::never;
        listener = throttled -> Faults.sneakyThrow(new AssertionError("mine"));
        ask(null);
        pass(0.001);

        assertThat(failures)
                .singleElement()
                .isInstanceOf(RejectedException.class)
                .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                .hasMessage("not sent: the throttle listener threw AssertionError")
                .hasCauseInstanceOf(AssertionError.class);
        assertThat(gate.heard).endsWith("close");
    }

    @Test
    void aKeyThatNeverComesEndsItsOwnRequest() {
        key = Mono.never();
        ask(null);
        pass(60.001);

        assertThat(failures)
                .singleElement()
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.CREDENTIALS));
    }

    @Test
    void cancellingGivesThePlaceBackWhateverIsBeingWaitedFor() {
        gate.permits = Mono::never;
        ask(null).dispose();
        pass(1);

        assertThat(gate.heard).containsExactly(entered("sk-a"), "close");
        assertThat(failures).isEmpty();
    }
}
