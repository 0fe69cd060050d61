package dev.darkroom.spring;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class HealthTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class, HealthAutoConfiguration.class));

    @Test
    void aGatewayThatAnswersIsUpAndIsAskedOnceForNothingThatCosts() {
        runner.withPropertyValues("darkroom.emulator.enabled=true").run(context -> {
            var health = context.getBean("imageGatewaysHealthContributor", ReactiveHealthIndicator.class);

            for (int i = 0; i < 3; i++) {
                var now = health.health().block(TIMEOUT);
                assertThat(now.getStatus()).isEqualTo(Status.UP);
                assertThat(now.getDetails().get("models")).isInstanceOf(Long.class);
            }
            assertThat(context.getBean(RunningEmulator.class).journal().entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.method() + entry.path())
                            .startsWith("GET")
                            .endsWith("/models"));
        });
    }

    @Test
    void theGateIsToldWithIt() {
        runner.withPropertyValues("darkroom.emulator.enabled=true").run(context -> {
            context.getBean(RunningEmulator.class).enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(60)));
            var client = context.getBean(ImageClient.class).rateLimits(r -> r.maxWait(Duration.ZERO));
            StepVerifier.create(settled(
                            client.generate(ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse at dawn"))))
                    .expectError()
                    .verify(TIMEOUT);
            var health = context.getBean("imageGatewaysHealthContributor", ReactiveHealthIndicator.class);

            var now = health.health().block(TIMEOUT);
            assertThat(now.getStatus()).isEqualTo(Status.UP);
            assertThat(now.getDetails().get("gate"))
                    .isEqualTo(Map.of("waiting", 0, "inFlight", 0, "closed", 1L, "paced", 0L, "refusedAtRandom", 0L));
        });
    }

    @Test
    void aGatewayThatCannotBeReachedIsDown() {
        runner.withPropertyValues("darkroom.api-key=sk-test", "darkroom.base-url=http://127.0.0.1:1/api")
                .run(context -> {
                    var health = context.getBean("imageGatewaysHealthContributor", ReactiveHealthIndicator.class);
                    assertThat(health.health().block(TIMEOUT).getStatus()).isEqualTo(Status.DOWN);
                });
    }

    @Test
    void aGatewayWithoutAListOfModelsIsUnknownAndNotAsked() {
        runner.withPropertyValues("darkroom.emulator.enabled=true", "darkroom.provider=ark")
                .run(context -> {
                    var health = context.getBean("imageGatewaysHealthContributor", ReactiveHealthIndicator.class);
                    assertThat(health.health().block(TIMEOUT).getStatus()).isEqualTo(Status.UNKNOWN);
                    assertThat(context.getBean(RunningEmulator.class).journal().entries())
                            .isEmpty();
                });
    }

    @Test
    void aGatewayThatIsDownIsAskedAgainSoon() {
        assertThat(DarkroomHealthIndicator.fresh(Health.down().build())).isEqualTo(DarkroomHealthIndicator.SOON);
        assertThat(DarkroomHealthIndicator.fresh(Health.up().build())).isEqualTo(DarkroomHealthIndicator.FRESH);
        assertThat(DarkroomHealthIndicator.fresh(Health.unknown().build())).isEqualTo(DarkroomHealthIndicator.FRESH);
    }

    @Test
    void anApplicationsOwnClientHasHealthToo() {
        runner.withBean(ImageClient.class, () -> ImageClient.ark("sk-test"))
                .run(context -> assertThat(context)
                        .hasSingleBean(ReactiveHealthContributor.class)
                        .doesNotHaveBean(ImageClients.class));
    }

    @Test
    void whereThereIsOnlyAFakeThereIsNothingToAsk() {
        runner.withBean(ImageGenerator.class, () -> request -> Flux.empty())
                .run(context -> assertThat(context).doesNotHaveBean(ReactiveHealthContributor.class));
    }

    @Test
    void eachClientHasItsPart() {
        runner.withPropertyValues(
                        "darkroom.emulator.enabled=true", "darkroom.clients.posters.drop-unsupported-options=true")
                .run(context -> assertThat(context.getBean(ReactiveHealthContributor.class))
                        .isInstanceOfSatisfying(
                                CompositeReactiveHealthContributor.class,
                                all -> assertThat(all.stream().map(one -> one.name()))
                                        .containsExactlyInAnyOrder("imageClient", "posters")));
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("darkroom.emulator.enabled=true", "management.health.darkroom.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ReactiveHealthContributor.class));
    }
}
