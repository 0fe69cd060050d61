package dev.darkroom.spring;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.GenerationFailedException;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import dev.darkroom.image.UnavailableException;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleSpanBuilder;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import reactor.test.StepVerifier;

/** Through Boot's own set-up of Micrometer, against the emulator: names, tags and values. */
class ObservationTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final String MODEL = "openai/gpt-image-1-mini";
    private static final ImageRequest REQUEST =
            ImageRequest.of(MODEL, "a secret lighthouse").size(Size.pixels(64, 64)).stream(true);
    private static final List<String> BASE = List.of(
            "darkroom.client=imageClient",
            "gen_ai.operation.name=image_generation",
            "gen_ai.provider.name=openrouter",
            "gen_ai.request.model=" + MODEL);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DarkroomAutoConfiguration.class,
                    EmulatorAutoConfiguration.class,
                    ObservationAutoConfiguration.class,
                    org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration.class,
                    org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration.class,
                    org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration
                            .class))
            .withBean(SimpleMeterRegistry.class)
            .withPropertyValues(
                    "darkroom.emulator.enabled=true", "darkroom.emulator.latency=0s", "darkroom.emulator.partials=2");

    private void run(ContextConsumer<AssertableApplicationContext> test) {
        runner.run(test);
    }

    private static List<String> tags(Meter meter) {
        return meter.getId().getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .sorted()
                .toList();
    }

    private static void ended(MeterRegistry meters, String outcome, String reason, String error) {
        var timer = meters.get("gen_ai.client.operation.duration").timer();
        var expected = new ArrayList<>(BASE);
        expected.addAll(List.of("darkroom.outcome=" + outcome, "darkroom.reason=" + reason, "error=" + error));
        assertThat(tags(timer)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    }

    private static List<String> names(MeterRegistry meters) {
        return meters.getMeters().stream().map(meter -> meter.getId().getName()).toList();
    }

    private static double images(MeterRegistry meters, String kind) {
        return meters.get("darkroom.images").tag("kind", kind).counter().count();
    }

    @Test
    void aSuccessIsMeasured() {
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            var events = context.getBean(ImageClient.class)
                    .generate(REQUEST)
                    .collectList()
                    .block(TIMEOUT);
            var result = ((ImageEvent.Completed) events.get(3)).result();
            var bytes = result.first().size();
            for (var preview : events.subList(0, 2)) {
                bytes += ((ImageEvent.Partial) preview).image().size();
            }

            ended(meters, "success", "none", "none");
            assertThat(images(meters, "preview")).isEqualTo(2);
            assertThat(images(meters, "final")).isEqualTo(1);
            var all = meters.get("darkroom.image.bytes").counter();
            assertThat(all.count()).isEqualTo((double) bytes);
            assertThat(tags(all)).containsExactlyInAnyOrderElementsOf(BASE);
            assertThat(meters.get("gen_ai.client.operation.time_to_first_chunk")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("gen_ai.client.token.usage")
                            .tag("gen_ai.token.type", "output")
                            .summary()
                            .totalAmount())
                    .isEqualTo(result.usage().outputTokens().doubleValue());
            assertThat(meters.get("gen_ai.client.token.usage")
                            .tag("gen_ai.token.type", "input")
                            .summary()
                            .totalAmount())
                    .isEqualTo(result.usage().inputTokens().doubleValue());
            assertThat(meters.get("darkroom.cost.usd").counter().count())
                    .isEqualTo(result.usage().cost().doubleValue());
            assertThat(meters.find("darkroom.throttled").meter()).isNull();
            assertThat(meters.find("darkroom.retries").meter()).isNull();
        });
    }

    @Test
    void aThrottledOneTellsHowLongItWaitedAndHowOftenItWasSentAgain() {
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(RunningEmulator.class).enqueue(Fault.RATE_LIMIT_MILLIS.retryAfter(Duration.ofSeconds(2)));

            context.getBean(ImageClient.class).result(REQUEST).block(TIMEOUT);

            ended(meters, "success", "none", "none");
            var waited = meters.get("darkroom.throttled").timer();
            assertThat(waited.count()).isEqualTo(1);
            assertThat(waited.totalTime(TimeUnit.MILLISECONDS)).isGreaterThan(350.0);
            assertThat(tags(waited)).containsExactlyInAnyOrderElementsOf(BASE);
            assertThat(meters.get("darkroom.retries").counter().count()).isEqualTo(1);
        });
    }

    @Test
    void aWaitIsMeasuredAlsoWhereItIsGivenUp() {
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(RunningEmulator.class).enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(60)));
            var throttled = new CountDownLatch(1);

            var running = context.getBean(ImageClient.class)
                    .rateLimits(r -> r.onThrottled(wait -> throttled.countDown()))
                    .generate(REQUEST)
                    .subscribe();
            assertThat(throttled.await(3, TimeUnit.MINUTES)).isTrue();
            running.dispose();

            ended(meters, "cancelled", "none", "none");
            assertThat(meters.get("darkroom.throttled").timer().count()).isEqualTo(1);
        });
    }

    @Test
    void aRejectionIsToldByItsReason() {
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(RunningEmulator.class).enqueue(Fault.MODERATION);

            StepVerifier.create(settled(context.getBean(ImageClient.class).generate(REQUEST)))
                    .expectError(RejectedException.class)
                    .verify(TIMEOUT);

            ended(meters, "rejected", "moderation", "RejectedException");
            assertThat(meters.find("darkroom.images").meter()).isNull();
            assertThat(names(meters)).noneMatch(name -> name.startsWith("darkroom.cost"));
        });
    }

    @Test
    void anUnknownOutcomeIsToldByItsReasonAndItsPreviewsAreCounted() {
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(RunningEmulator.class).enqueue(Fault.CUT.after(1));

            StepVerifier.create(settled(context.getBean(ImageClient.class).generate(REQUEST)))
                    .expectNextCount(1)
                    .expectError(OutcomeUnknownException.class)
                    .verify(TIMEOUT);

            ended(meters, "outcome_unknown", "cut", "OutcomeUnknownException");
            assertThat(images(meters, "preview")).isEqualTo(1);
            assertThat(meters.find("darkroom.retries").meter()).isNull();
        });
    }

    @Test
    void aCancellationIsOneUnlessTheEndHadCome() {
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(ImageClient.class).generate(REQUEST).next().block(TIMEOUT);
            ended(meters, "cancelled", "none", "none");
        });
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(ImageClient.class)
                    .generate(REQUEST)
                    .ofType(ImageEvent.Completed.class)
                    .next()
                    .block(TIMEOUT);
            ended(meters, "success", "none", "none");
        });
    }

    @Test
    void anEndThatCouldNotBeWaitedForIsToldByItsName() {
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(RunningEmulator.class).enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(60)));
            StepVerifier.create(settled(context.getBean(ImageClient.class)
                            .rateLimits(r -> r.maxWait(Duration.ZERO))
                            .generate(REQUEST)))
                    .expectError(RateLimitedException.class)
                    .verify(TIMEOUT);
            ended(meters, "rate_limited", "none", "RateLimitedException");
        });
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(RunningEmulator.class).enqueue(Fault.UNAVAILABLE);
            StepVerifier.create(settled(context.getBean(ImageClient.class)
                            .rateLimits(r -> r.maxWait(Duration.ZERO))
                            .generate(REQUEST)))
                    .expectError(UnavailableException.class)
                    .verify(TIMEOUT);
            ended(meters, "unavailable", "none", "UnavailableException");
        });
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(RunningEmulator.class).enqueue(Fault.SERVER_ERROR);
            StepVerifier.create(settled(context.getBean(ImageClient.class).generate(REQUEST)))
                    .expectError(GenerationFailedException.class)
                    .verify(TIMEOUT);
            ended(meters, "failed", "none", "GenerationFailedException");
        });
    }

    @Test
    void imagesThatWereFinishedAreCountedAlsoWhereTheEndDidNotCome() {
        runner.withPropertyValues("darkroom.provider=ark", "darkroom.emulator.shrink=16")
                .run(context -> {
                    var meters = context.getBean(MeterRegistry.class);
                    var group =
                            ImageRequest.of("doubao-seedream-4-5-251128", "lighthouses")
                                    .with(Ark.SEQUENTIAL_IMAGES, 3)
                                    .stream(true);
                    context.getBean(ImageClient.class)
                            .generate(group)
                            .ofType(ImageEvent.ImageReady.class)
                            .take(2)
                            .blockLast(TIMEOUT);
                    assertThat(images(meters, "final")).isEqualTo(2);
                    assertThat(meters.get("darkroom.image.bytes").counter().count())
                            .isPositive();

                    context.getBean(ImageClient.class).generate(group).blockLast(TIMEOUT);
                    assertThat(images(meters, "final")).as("each once").isEqualTo(2 + 3);
                });
    }

    @Test
    void aTraceThatNoHeaderCanCarryCostsNoPicture() {
        var observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler((Probe) observed -> {
            var setter = observed.getSetter();
            setter.set(observed.getCarrier(), "baggage", "sch\u00f6n");
            setter.set(observed.getCarrier(), "b 3", "1");
            setter.set(observed.getCarrier(), "empty", "");
            setter.set(observed.getCarrier(), "traceparent", "00-1");
        });
        runner.withBean("observations", ObservationRegistry.class, () -> observations)
                .run(context -> {
                    context.getBean(ImageClient.class).result(REQUEST).block(TIMEOUT);
                    var entry = context.getBean(RunningEmulator.class)
                            .journal()
                            .entries()
                            .get(0);
                    assertThat(entry.header("traceparent")).hasValue("00-1");
                    assertThat(entry.header("baggage")).isEmpty();
                });
    }

    @Test
    void theGateHasGauges() {
        run(context -> {
            var meters = context.getBean(MeterRegistry.class);
            context.getBean(RunningEmulator.class).enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(60)));
            StepVerifier.create(settled(context.getBean(ImageClient.class)
                            .rateLimits(r -> r.maxWait(Duration.ZERO))
                            .generate(REQUEST)))
                    .expectError()
                    .verify(TIMEOUT);

            assertThat(context.getBean(RateGate.class).states()).hasSize(1);
            var closed = meters.get("darkroom.gate.closed").gauge();
            assertThat(closed.value()).isBetween(30.0, 62.0);
            assertThat(tags(closed)).containsExactly("gen_ai.request.model=" + MODEL, "server.address=127.0.0.1");
            assertThat(meters.get("darkroom.gate.waiting").gauge().value()).isZero();
            assertThat(meters.get("darkroom.gate.in.flight").gauge().value()).isZero();
            assertThat(meters.get("darkroom.gate.pace").gauge().value()).isInfinite();
            assertThat(meters.get("darkroom.gate.head.wait").gauge().value()).isZero();
            assertThat(meters.get("darkroom.gate.cause")
                            .tag("cause", "limit")
                            .gauge()
                            .value())
                    .isOne();
            assertThat(meters.get("darkroom.gate.cause")
                            .tag("cause", "noise")
                            .gauge()
                            .value())
                    .isZero();
        });
    }

    @Test
    void itIsSwitchedOffLikeAnyObservation() {
        runner.withPropertyValues("management.observations.enable.gen_ai=false").run(context -> {
            context.getBean(ImageClient.class).result(REQUEST).block(TIMEOUT);
            assertThat(context.getBean(MeterRegistry.class)
                            .find("gen_ai.client.operation.duration")
                            .meter())
                    .isNull();
        });
    }

    @Test
    void tagsStayFewHoweverManyModelsAreNamed() {
        var names = new TagValueLimit();
        for (int i = 0; i < TagValueLimit.MAX_VALUES; i++) {
            assertThat(names.of("model-" + i)).isEqualTo("model-" + i);
        }
        assertThat(names.of("one-too-many")).isEqualTo(TagValueLimit.OTHER);
        assertThat(names.of("model-7")).isEqualTo("model-7");
        assertThat(new TagValueLimit().of("x".repeat(101))).isEqualTo(TagValueLimit.OTHER);
    }

    @Test
    void noPromptIsInAnythingObserved() {
        var observations = ObservationRegistry.create();
        var seen = new StringBuilder();
        observations.observationConfig().observationHandler(new Ends(seen));
        runner.withBean("observations", ObservationRegistry.class, () -> observations)
                .run(context ->
                        context.getBean(ImageClient.class).result(REQUEST).block(TIMEOUT));

        assertThat(seen)
                .contains("image_generation " + MODEL, "gen_ai.response.id", "darkroom.cost")
                .doesNotContain("secret");
    }

    @Test
    void theTraceGoesOutInHeadersAndItsParentComesFromTheFlux() {
        var observations = ObservationRegistry.create();
        var tracer = new SimpleTracer();
        observations
                .observationConfig()
                .observationHandler(new PropagatingSenderTracingObservationHandler<>(tracer, new OneHeader(tracer)));
        runner.withBean("observations", ObservationRegistry.class, () -> observations)
                .run(context -> {
                    var parent = Observation.start("page", observations);
                    var parents = new ArrayList<Object>();
                    observations.observationConfig().observationHandler((Probe)
                            observed -> parents.add(observed.getParentObservation()));

                    context.getBean(ImageClient.class)
                            .generate(REQUEST)
                            .contextWrite(outside -> outside.put(ObservationThreadLocalAccessor.KEY, parent))
                            .blockLast(TIMEOUT);

                    parent.stop();
                    assertThat(parents).containsExactly(parent);
                    assertThat(tracer.getSpans())
                            .extracting(SimpleSpan::getName)
                            .contains("image_generation " + MODEL);
                    assertThat(context.getBean(RunningEmulator.class)
                                    .journal()
                                    .entries()
                                    .get(0)
                                    .header("x-trace"))
                            .hasValue("on");
                });
    }

    /** Looks at each generation that begins. */
    private interface Probe extends ObservationHandler<ImageGenerationObservationContext> {

        @Override
        void onStart(ImageGenerationObservationContext context);

        @Override
        default boolean supportsContext(Observation.Context context) {
            return context instanceof ImageGenerationObservationContext;
        }
    }

    /** All that can be read of a generation at its end. */
    private record Ends(StringBuilder text) implements ObservationHandler<ImageGenerationObservationContext> {

        @Override
        public void onStop(ImageGenerationObservationContext context) {
            text.append(context).append(context.getContextualName());
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ImageGenerationObservationContext;
        }
    }

    /** The simplest propagation there is: one header, without ids. */
    private record OneHeader(SimpleTracer tracer) implements Propagator {

        @Override
        public List<String> fields() {
            return List.of("x-trace");
        }

        @Override
        public <C> void inject(io.micrometer.tracing.TraceContext context, C carrier, Setter<C> setter) {
            setter.set(carrier, "x-trace", "on");
        }

        @Override
        public <C> io.micrometer.tracing.Span.Builder extract(C carrier, Getter<C> getter) {
            return new SimpleSpanBuilder(tracer);
        }
    }
}
