package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.WithheldException;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.testsupport.SideBySide;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a user's own code does wrong is told once, as its own fault, and hurts nobody else. */
class UsersFaultsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse").size(Size.pixels(16, 16));

    private final RunningEmulator emulator = ImageEmulator.create().start();
    private final RateGate gate = RateGates.inMemory();
    private final ImageClient client = client(new OpenRouterDialect());

    private ImageClient client(Dialect dialect) {
        return ImageClient.of(dialect)
                .apiKey("sk-test")
                .baseUrl(emulator.openRouterBaseUrl().toString())
                .rateLimits(r -> r.gate(gate));
    }

    @AfterEach
    void close() {
        client.close();
        emulator.close();
    }

    static Stream<Supplier<Throwable>> faults() {
        return Stream.of(
                () -> new IllegalStateException("mine"),
                () -> new AssertionError("mine"),
                () -> new NoClassDefFoundError("mine"),
                () -> new StackOverflowError("mine"));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T, E extends Throwable> T sneak(Supplier<Throwable> fault) throws E {
        throw (E) fault.get();
    }

    private static Throwable failure(Flux<ImageEvent> events) {
        return events.then().materialize().block(PATIENCE).getThrowable();
    }

    private void assertTheOthersAreUnhurt() {
        assertThat(client.result(REQUEST).block(PATIENCE).images()).hasSize(1);
        assertThat(gate.states()).allSatisfy(state -> {
            assertThat(state.inFlight()).isZero();
            assertThat(state.waiting()).isZero();
        });
    }

    private static void assertTheirs(Throwable failure, String words, Supplier<Throwable> fault) {
        assertThat(failure)
                .isInstanceOf(RejectedException.class)
                .hasMessage("not sent: " + words + " threw "
                        + fault.get().getClass().getSimpleName())
                .hasCauseInstanceOf(fault.get().getClass());
    }

    @ParameterizedTest
    @MethodSource("faults")
    @SideBySide
    void aThrottleListenerThatThrows(Supplier<Throwable> fault) {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1)));
        var failure = failure(
                client.rateLimits(r -> r.onThrottled(wait -> sneak(fault))).generate(REQUEST));
        assertTheirs(failure, "the throttle listener", fault);
        assertTheOthersAreUnhurt();
    }

    @Test
    @SideBySide
    void aThrottleListenerThatThrowsWhenAnotherRequestIsRefused() {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1)));
        var faulty = client.rateLimits(r -> r.onThrottled(wait -> sneak(() -> new IllegalStateException("mine"))));
        var failures = Flux.range(0, 8)
                .flatMap(i -> faulty.generate(REQUEST).then().materialize(), 8)
                .mapNotNull(signal -> signal.getThrowable())
                .collectList()
                .block(PATIENCE);

        assertThat(failures)
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e).hasMessageContaining("the throttle listener threw"));
        assertTheOthersAreUnhurt();
    }

    @Test
    @SideBySide
    void aThrottleListenerThatCancelsItsRequestEndsIt() throws Exception {
        emulator.enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(1)));
        var mine = Disposables.swap();
        var cancelled = new CompletableFuture<Void>();
        mine.update(client.rateLimits(r -> r.onThrottled(wait -> {
                    mine.dispose();
                    cancelled.complete(null);
                }))
                .generate(REQUEST)
                .subscribe());
        cancelled.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTheOthersAreUnhurt();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aSupplierOfKeysThatThrowsWhateverItQuotes(Supplier<Throwable> fault) {
        var failure = failure(client.apiKey(() -> {
                    var quoting = fault.get();
                    quoting.addSuppressed(new IllegalStateException("sk-secret"));
                    quoting.initCause(new IllegalStateException("no such key: sk-secret"));
                    return sneak(() -> quoting);
                })
                .generate(REQUEST));
        assertThat(failure)
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(RejectedException.Reason.CREDENTIALS))
                .hasMessageContaining("the supplier of the API key failed ("
                        + fault.get().getClass().getSimpleName() + ")")
                .cause()
                .isInstanceOfSatisfying(
                        WithheldException.class,
                        withheld -> assertThat(withheld.original())
                                .isInstanceOf(fault.get().getClass()));
        var printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).doesNotContain("sk-secret");
        assertThat(emulator.journal().entries()).isEmpty();
        assertTheOthersAreUnhurt();
    }

    @Test
    void aSupplierThatGivesNoKey() {
        for (var without : List.of(
                client.apiKey(() -> null),
                client.apiKey(() -> " "),
                client.apiKey(Mono.empty()),
                client.apiKey(Mono.just("")))) {
            assertThat(failure(without.generate(REQUEST)))
                    .isInstanceOf(RejectedException.class)
                    .hasMessage("not sent: the supplier of the API key gave none");
        }
        assertThat(emulator.journal().entries()).isEmpty();
    }

    @Test
    void aSupplierMayBlockWhateverThreadSubscribes() {
        var thread = new CompletableFuture<String>();
        var images = client.apiKey(() -> {
                    try {
                        Thread.sleep(1); // which fails on a thread that must not block
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    thread.complete(Thread.currentThread().getName());
                    return "sk-test";
                })
                .result(REQUEST)
                .subscribeOn(Schedulers.parallel())
                .block(PATIENCE)
                .images();
        assertThat(images).hasSize(1);
        assertThat(thread.join()).startsWith("boundedElastic");
    }

    @Test
    void aConstantKeyIsAskedForWhereTheRequestIsMade() {
        var here = Thread.currentThread();
        var asked = new ConcurrentLinkedQueue<Thread>();
        var watched = client.rateLimits(r -> r.gate(new WatchedGate(gate, () -> asked.add(Thread.currentThread()))));
        watched.result(REQUEST).block(PATIENCE);
        assertThat(asked).containsExactly(here);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aDecorationThatThrows(Supplier<Throwable> fault) {
        var failure = failure(client.decorate(next -> request -> sneak(fault)).generate(REQUEST));
        assertTheirs(failure, "the client's decoration", fault);
        assertTheOthersAreUnhurt();
    }

    @Test
    void aDecorationThatReturnsNull() {
        assertThat(failure(client.decorate(next -> request -> null).generate(REQUEST)))
                .isInstanceOf(RejectedException.class)
                .hasMessage("not sent: the client's decoration returned null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "unsupported", "quota", "cost", "credentials"})
    void aDialectThatThrowsBeforeAnythingIsSent(String where) {
        for (var fault : faults().toList()) {
            var failure = failure(client(new Faulty(where, fault)).generate(REQUEST));
            assertTheirs(failure, "the dialect of openrouter", fault);
        }
        for (var nothing : List.of("generate", "unsupported", "quota", "credentials")) {
            assertThat(failure(client(new Faulty(nothing, null)).generate(REQUEST)))
                    .as(nothing)
                    .isInstanceOf(RejectedException.class)
                    .hasMessageStartingWith("not sent: the dialect of openrouter ");
        }
        assertThat(emulator.journal().entries()).isEmpty();
        assertTheOthersAreUnhurt();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reading", "read", "isComplete", "failure"})
    void aDialectThatThrowsAfterwardsLeavesTheOutcomeOpen(String where) {
        for (var fault : faults().toList()) {
            if (where.equals("failure")) {
                emulator.enqueue(Fault.MODERATION);
            }
            assertThat(failure(client(new Faulty(where, fault)).generate(REQUEST)))
                    .as("%s %s", where, fault.get())
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining(fault.get().getClass().getSimpleName())
                    .hasCauseInstanceOf(fault.get().getClass());
        }
        assertTheOthersAreUnhurt();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aSubscriberThatThrows(Supplier<Throwable> fault) throws Exception {
        for (var request : List.of(REQUEST, REQUEST.stream(true))) {
            var told = new CompletableFuture<Throwable>();
            var ends = new ConcurrentLinkedQueue<String>();
            client.generate(request).subscribe(new CoreSubscriber<>() {
                @Override
                public void onSubscribe(Subscription subscription) {
                    subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(ImageEvent event) {
                    ends.add("event");
                    sneak(fault);
                }

                @Override
                public void onError(Throwable failure) {
                    ends.add("error");
                    told.complete(failure);
                }

                @Override
                public void onComplete() {
                    ends.add("complete");
                }
            });
            assertThat(told.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining(
                            "the subscriber threw " + fault.get().getClass().getSimpleName())
                    .hasCauseInstanceOf(fault.get().getClass());
            assertThat(ends).containsExactly("event", "error");
        }
        assertTheOthersAreUnhurt();
    }

    private record WatchedGate(RateGate gate, Runnable entered) implements RateGate {

        @Override
        public Ticket enter(Quota quota, int cost) {
            entered.run();
            return gate.enter(quota, cost);
        }

        @Override
        public List<GateState> states() {
            return gate.states();
        }
    }

    /** OpenRouter's, but for one method, which throws, or returns null. */
    private static final class Faulty implements Dialect {

        private final Dialect sound = new OpenRouterDialect();
        private final String where;
        private final @Nullable Supplier<Throwable> fault;

        Faulty(String where, @Nullable Supplier<Throwable> fault) {
            this.where = where;
            this.fault = fault;
        }

        private <T> T or(String here, Supplier<T> sane) {
            if (!where.equals(here)) {
                return sane.get();
            }
            return fault == null ? null : sneak(fault);
        }

        @Override
        public String name() {
            return sound.name();
        }

        @Override
        public URI baseUrl() {
            return sound.baseUrl();
        }

        @Override
        public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
            return or("unsupported", () -> sound.unsupported(request));
        }

        @Override
        public String quota(ImageRequest request) {
            return or("quota", () -> sound.quota(request));
        }

        @Override
        public int cost(ImageRequest request) {
            return or("cost", () -> sound.cost(request));
        }

        @Override
        public Map.Entry<String, String> credentials(String apiKey) {
            return or("credentials", () -> sound.credentials(apiKey));
        }

        @Override
        public ApiCall generate(ImageRequest request) {
            return or("generate", () -> sound.generate(request));
        }

        @Override
        public Reading reading(ImageRequest request, Reply reply) {
            var reading = or("reading", () -> sound.reading(request, reply));
            return new Reading() {
                @Override
                public List<ImageEvent> read(Payload payload) {
                    return or("read", () -> reading.read(payload));
                }

                @Override
                public boolean isComplete() {
                    return or("isComplete", reading::isComplete);
                }

                @Override
                public ImageException end() {
                    return reading.end();
                }

                @Override
                public PartialResult partialResult() {
                    return reading.partialResult();
                }
            };
        }

        @Override
        public ImageException failure(Reply reply, byte[] body) {
            return or("failure", () -> sound.failure(reply, body));
        }
    }
}
