package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A real application is closed while the emulator renders. */
class ClientShutdownTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private static ConfigurableApplicationContext application(WebApplicationType type, String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .web(type)
                .properties(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "spring.main.register-shutdown-hook=false",
                        "darkroom.emulator.enabled=true",
                        "darkroom.emulator.latency=1s")
                .properties(properties)
                .run();
    }

    /** Asks, and waits until the gateway has begun. */
    private static CompletableFuture<ImageResult> begun(ConfigurableApplicationContext application) {
        var first = Sinks.<ImageEvent>one();
        var result = application
                .getBean(ImageClient.class)
                .generate(DarkroomAutoConfigurationTest.REQUEST.stream(true))
                .doOnNext(first::tryEmitValue)
                .doOnError(first::tryEmitError)
                .ofType(ImageEvent.Completed.class)
                .single()
                .map(ImageEvent.Completed::result)
                .toFuture();
        first.asMono().block(TIMEOUT);
        return result;
    }

    @Test
    void aPictureThatIsBeingPaidForIsFinishedBeforeTheContextIsClosed() {
        var application = application(WebApplicationType.NONE);
        var result = begun(application);

        application.close();

        assertThat(result).isCompletedWithValueMatching(done -> done.images().size() == 1);
    }

    @Test
    void aWebApplicationDoesTheSameAndRefusesWhatWasNotSent() {
        var application = application(WebApplicationType.REACTIVE);
        var images = application.getBean(ImageClient.class);
        var result = begun(application);
        application.getBean(RunningEmulator.class).enqueue(Fault.RATE_LIMIT.retryAfter(Duration.ofSeconds(50)));
        var throttled = Sinks.<String>one();
        var waiting = images.rateLimits(r -> r.onThrottled(wait -> throttled.tryEmitValue("waits")))
                .result(DarkroomAutoConfigurationTest.REQUEST)
                .toFuture();
        throttled.asMono().block(TIMEOUT);

        application.close();

        assertThat(result).isCompletedWithValueMatching(done -> done.images().size() == 1);
        assertThat(waiting)
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(UnavailableException.class)
                .withMessageContaining("the application is shutting down");
    }

    @Test
    void whoIsRefusedGivesBackItsPlaceInLine() {
        var shutdown = new ClientShutdown();
        var left = new AtomicBoolean();
        var call = shutdown.waitedFor(request -> Flux.<ImageEvent>never().doOnCancel(() -> left.set(true)))
                .generate(DarkroomAutoConfigurationTest.REQUEST)
                .then()
                .toFuture();

        shutdown.stop();

        assertThat(call).isCompletedExceptionally();
        assertThat(call.handle((nothing, failure) -> failure).join()).isInstanceOf(UnavailableException.class);
        assertThat(left).isTrue();
    }

    @Test
    void whatTakesLongerThanThePhaseMayIsCutOffAndSaysSo() {
        var application = application(
                WebApplicationType.NONE,
                "darkroom.emulator.latency=0s",
                "spring.lifecycle.timeout-per-shutdown-phase=200ms");
        application.getBean(RunningEmulator.class).enqueue(Fault.STALL.after(1));
        var result = begun(application);

        application.close();

        assertThat(result)
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void aContextThatIsStartedAgainGeneratesAgain() {
        try (var application = application(WebApplicationType.NONE, "darkroom.emulator.latency=0s")) {
            var images = application.getBean(ImageClient.class);
            application.stop();
            Mono<ImageResult> result = images.result(DarkroomAutoConfigurationTest.REQUEST);
            assertThat(result.materialize().block(TIMEOUT).getThrowable()).isInstanceOf(UnavailableException.class);
            assertThat(application.getBean(RunningEmulator.class).journal().entries())
                    .isEmpty();

            application.start();

            assertThat(result.block(TIMEOUT).images()).hasSize(1);
        }
    }

    @Test
    void whoNeverAskedForAnEventKeepsNobodyWaiting() throws Exception {
        var application = application(WebApplicationType.NONE);
        application
                .getBean(ImageClient.class)
                .generate(DarkroomAutoConfigurationTest.REQUEST)
                .subscribe(new reactor.core.publisher.BaseSubscriber<>() {
                    @Override
                    protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {}
                });

        CompletableFuture.runAsync(application::close).get(25, TimeUnit.SECONDS); // a phase lasts 30
    }

    @Test
    void itsPhaseLiesBetweenTheTwoOfAWebServer() {
        assertThat(ClientShutdown.PHASE)
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
                .isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
                .isLessThan(SmartLifecycle.DEFAULT_PHASE);
        assertThat(new ClientShutdown().isPauseable()).isFalse();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
