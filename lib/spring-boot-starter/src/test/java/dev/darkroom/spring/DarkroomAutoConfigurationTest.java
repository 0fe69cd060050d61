package dev.darkroom.spring;

import static dev.darkroom.testsupport.Settled.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.emulator.RunningEmulator;
import dev.darkroom.emulator.journal.Entry;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gateway.Ark;
import dev.darkroom.image.ImageGenerator;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.RateLimitedException;
import dev.darkroom.image.RejectedException;
import dev.darkroom.image.Size;
import dev.darkroom.settings.Limits;
import io.micrometer.context.ContextRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.impl.NoOpLog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class DarkroomAutoConfigurationTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    static final ImageRequest REQUEST =
            ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse").size(Size.pixels(64, 64));
    private static final Log NO_LOG = new NoOpLog();
    private static final AutoConfigurations OURS = AutoConfigurations.of(
            DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class, SslAutoConfiguration.class);

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(OURS);
    private final ApplicationContextRunner emulated = runner.withPropertyValues("darkroom.emulator.enabled=true");

    /** It looks for its providers once in a JVM, by the class loader of whoever needs it first: not by one that hides them. */
    @BeforeAll
    static void contextsAreKnownToPropagate() {
        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors()).isNotEmpty();
    }

    @Test
    void aKeyIsEnoughForAClient() {
        runner.withPropertyValues("darkroom.api-key=sk-test").run(context -> {
            assertThat(context).hasSingleBean(ImageClient.class).hasSingleBean(ImageGenerator.class);
            assertThat(context.getBean(ImageClient.class))
                    .asString()
                    .contains("openrouter")
                    .doesNotContain("sk-test");
        });
    }

    @Test
    void withoutAKeyItSaysWhatWouldHelp() {
        runner.run(context -> {
            assertThat(context).hasFailed();
            var analysis = new MissingApiKeyFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("imageClient", "openrouter");
            assertThat(analysis.getAction())
                    .contains("darkroom.api-key", "DARKROOM_APIKEY", "darkroom.emulator.enabled=true");
        });
    }

    @Test
    void anEmptyKeyIsNone() {
        runner.withPropertyValues("darkroom.api-key=")
                .run(context -> assertThat(context).getFailure().hasRootCauseInstanceOf(MissingApiKeyException.class));
    }

    @Test
    void theAnalyzersAreFound() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(FailureAnalyzer.class, SpringFactoriesLoader.FailureHandler.logging(NO_LOG)))
                .hasAtLeastOneElementOfType(MissingApiKeyFailureAnalyzer.class)
                .hasAtLeastOneElementOfType(MissingEmulatorFailureAnalyzer.class);
    }

    @Test
    void anApplicationsOwnGeneratorNeedsNoKey() {
        runner.withUserConfiguration(OwnGenerator.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(ImageGenerator.class)
                        .doesNotHaveBean(ImageClient.class)
                        .doesNotHaveBean(RateGate.class));
    }

    @Test
    void anApplicationsOwnGateIsUsedByAllClients() {
        emulated.withUserConfiguration(OwnGate.class).run(context -> {
            context.getBean(ImageClient.class).result(REQUEST).block(TIMEOUT);
            assertThat(context).hasSingleBean(RateGate.class);
            assertThat(context.getBean(RateGate.class).states()).hasSize(1);
        });
    }

    @Test
    void theEmulatorAnswersWithoutAKeyAndStopsWithTheContext() {
        emulated.withPropertyValues("darkroom.emulator.latency=0s", "darkroom.base-url=https://example.org")
                .run(context -> {
                    var events = context.getBean(ImageClient.class)
                            .generate(REQUEST.stream(true))
                            .collectList()
                            .block(TIMEOUT);
                    assertThat(events).hasSize(5); // three previews unless told otherwise
                    assertThat(context.getBean(RunningEmulator.class).journal().entries())
                            .hasSize(1);
                });
    }

    @Test
    void theEmulatorHasItsOwnSettings() {
        emulated.withPropertyValues(
                        "darkroom.emulator.latency=0s",
                        "darkroom.emulator.partials=1",
                        "darkroom.emulator.quota=1",
                        "darkroom.emulator.quota-period=1h",
                        "darkroom.rate-limits.max-wait=0s")
                .run(context -> {
                    var client = context.getBean(ImageClient.class);
                    assertThat(client.generate(REQUEST.stream(true))
                                    .collectList()
                                    .block(TIMEOUT))
                            .hasSize(3);
                    StepVerifier.create(settled(client.generate(REQUEST)))
                            .expectError(RateLimitedException.class)
                            .verify(TIMEOUT);
                });
    }

    @Test
    void anEmulatorThatIsNotThereIsAskedForInWords() {
        emulated.withClassLoader(new FilteredClassLoader("dev.darkroom.emulator"))
                .run(context -> {
                    var analysis = new MissingEmulatorFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getAction()).contains("dev.darkroom:darkroom-emulator");
                });
    }

    @Test
    void anEmulatorThatIsThereAndDoesNotRunIsNotMissedOnTheClassPath() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class))
                .withPropertyValues("darkroom.emulator.enabled=true")
                .run(context -> assertThat(new MissingEmulatorFailureAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getAction())
                        .contains("EmulatorAutoConfiguration", "ahead of time")
                        .doesNotContain("class path"));
    }

    @Test
    void aClientNeedsNoEmulatorOnTheClassPath() {
        runner.withPropertyValues("darkroom.api-key=sk-test")
                .withClassLoader(new FilteredClassLoader("dev.darkroom.emulator", "io.micrometer"))
                .run(context -> assertThat(context).hasSingleBean(ImageClient.class));
    }

    @Test
    void namedClientsAreInjectedByTheirName() {
        runner.withPropertyValues(
                        "darkroom.api-key=sk-one",
                        "darkroom.clients.thumbnails.rate-limits.max-wait=1s",
                        "darkroom.clients.posters.api-key=sk-two")
                .withUserConfiguration(Wall.class)
                .run(context -> {
                    var wall = context.getBean(Wall.class);
                    assertThat(List.of(wall.usual, wall.thumbnails, wall.posters))
                            .doesNotHaveDuplicates();
                    assertThat(wall.usual).isSameAs(context.getBean("imageClient"));
                    assertThat(wall.thumbnails).isSameAs(context.getBean("thumbnails"));
                });
    }

    @Test
    void anEnvironmentVariableMeansTheClientWhateverItsDashesAndCapitals() {
        var environment = Map.<String, Object>of(
                "DARKROOM_CLIENTS_BIGPOSTERS_APIKEY", "sk-one", "DARKROOM_CLIENTS_SMALLPOSTERS_APIKEY", "sk-two");
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment)))
                .withPropertyValues(
                        "darkroom.clients.big-posters.drop-unsupported-options=true",
                        "darkroom.clients.smallPosters.drop-unsupported-options=true")
                .run(context -> assertThat(context)
                        .getBeans(ImageClient.class)
                        .containsOnlyKeys("big-posters", "smallPosters"));
    }

    @Test
    void whereOnlyNamedClientsHaveKeysThereIsNoDefaultOne() {
        runner.withPropertyValues("darkroom.clients.posters.api-key=sk-two")
                .run(context ->
                        assertThat(context).hasSingleBean(ImageClient.class).hasBean("posters"));
    }

    @Test
    void aNamedClientWithoutAKeyIsNamed() {
        runner.withPropertyValues(
                        "darkroom.clients.posters.api-key=sk-two",
                        "darkroom.clients.thumbnails.base-url=https://example.org/api")
                .run(context -> assertThat(new MissingApiKeyFailureAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getAction())
                        .contains("darkroom.clients.thumbnails.api-key"));
    }

    @Test
    void aKeyIsNotTakenOverToAnotherPlace() {
        runner.withPropertyValues("darkroom.api-key=sk-one", "darkroom.clients.other.base-url=https://example.org/api")
                .run(context -> assertThat(context).getFailure().hasRootCauseInstanceOf(MissingApiKeyException.class));
    }

    @Test
    void customizersHaveTheLastWordInTheirOrder() {
        emulated.withPropertyValues("darkroom.emulator.latency=0s", "darkroom.headers.X-Who=properties")
                .withUserConfiguration(Customizers.class)
                .run(context -> {
                    context.getBean(ImageClient.class).result(REQUEST).block(TIMEOUT);
                    assertThat(only(context.getBean(RunningEmulator.class)).header("x-who"))
                            .hasValue("imageClient, second");
                });
    }

    @Test
    void defaultsFillWhatARequestLeavesOpen() {
        emulated.withPropertyValues(
                        "darkroom.emulator.latency=0s",
                        "darkroom.model=openai/gpt-image-1-mini",
                        "darkroom.attribution.url=https://example.org",
                        "darkroom.attribution.title=Example",
                        "darkroom.headers.X-Team=seaside")
                .run(context -> {
                    context.getBean(ImageClient.class).result(REQUEST.model("")).block(TIMEOUT);
                    var entry = only(context.getBean(RunningEmulator.class));
                    assertThat(entry.body().path("model").asString()).isEqualTo("openai/gpt-image-1-mini");
                    assertThat(entry.header("http-referer")).hasValue("https://example.org");
                    assertThat(entry.header("x-openrouter-title")).hasValue("Example");
                    assertThat(entry.header("x-team")).hasValue("seaside");
                });
    }

    @Test
    void aDeadlineEndsWhatNamesNone() {
        emulated.withPropertyValues("darkroom.emulator.latency=1h", "darkroom.deadline=300ms")
                .run(context -> StepVerifier.create(
                                settled(context.getBean(ImageClient.class).generate(REQUEST)))
                        // A busy machine may have no connection by then.
                        .expectErrorMatches(e -> e.getMessage().matches("(?s).*(?:total|deadline).*"))
                        .verify(TIMEOUT));
    }

    @Test
    void aLenientClientLeavesOutAndWarnsOthersRefuse() {
        var mask = REQUEST.with(Ark.OPTIMIZE_PROMPT, "standard");
        emulated.withPropertyValues("darkroom.emulator.latency=0s", "darkroom.drop-unsupported-options=true")
                .run(context -> assertThat(context.getBean(ImageClient.class)
                                .result(mask)
                                .block(TIMEOUT)
                                .warnings())
                        .hasSize(1));
        emulated.run(context -> StepVerifier.create(
                        settled(context.getBean(ImageClient.class).result(mask)))
                .expectError(RejectedException.class)
                .verify(TIMEOUT));
    }

    @Test
    void limitsAreThoseOfTheClient() {
        emulated.withPropertyValues("darkroom.emulator.latency=0s", "darkroom.limits.response-bytes=1KB")
                .run(context -> StepVerifier.create(
                                settled(context.getBean(ImageClient.class).generate(REQUEST)))
                        .expectErrorMatches(e -> e.getMessage().contains(Limits.RESPONSE_BYTES))
                        .verify(TIMEOUT));
    }

    @Test
    void nothingPrintsAKeyOrAPassword() {
        var proxy = new ClientProperties.Proxy(
                reactor.netty.transport.ProxyProvider.Proxy.HTTP, "h", 1, "user", "secret", null);
        assertThat(proxy.toString()).doesNotContain("user", "secret");
        runner.withPropertyValues("darkroom.api-key=sk-secret")
                .run(context -> assertThat(
                                context.getBean(ClientProperties.class).toString())
                        .doesNotContain("sk-secret"));
    }

    @Test
    void keysComeFromAnywhereAndMayChange() {
        try (var gateway = ImageEmulator.create().latency(Duration.ZERO).start()) {
            runner.withPropertyValues("darkroom.base-url=" + gateway.openRouterBaseUrl())
                    .withUserConfiguration(ChangingKeys.class)
                    .run(context -> {
                        var client = context.getBean(ImageClient.class);
                        client.result(REQUEST).block(TIMEOUT);
                        client.result(REQUEST).block(TIMEOUT);
                        assertThat(gateway.journal().entries())
                                .extracting(Entry::key)
                                .doesNotHaveDuplicates()
                                .hasSize(2);
                    });
        }
    }

    @Test
    void theEmulatorIsReachedWithoutProxyAndWithoutTheCertificatesOfTheGateway() {
        emulated.withPropertyValues(
                        "darkroom.emulator.latency=0s",
                        "darkroom.ssl.bundle=of-production",
                        "darkroom.proxy.host=proxy.invalid",
                        "darkroom.proxy.port=3128")
                .run(context -> assertThat(context.getBean(ImageClient.class)
                                .result(REQUEST)
                                .block(TIMEOUT)
                                .images())
                        .hasSize(1));
    }

    @Test
    void theDefaultClientIsMeantWhereNoNameIsGiven() {
        runner.withPropertyValues("darkroom.api-key=sk-one", "darkroom.clients.posters.drop-unsupported-options=true")
                .run(context -> {
                    assertThat(context.getBean(ImageGenerator.class)).isSameAs(context.getBean("imageClient"));
                    assertThat(context.getBeansOfType(ImageGenerator.class)).hasSize(2);
                });
    }

    @Test
    void aCustomizerThatGivesNothingIsToldSo() {
        runner.withPropertyValues("darkroom.api-key=sk-one")
                .withBean(ImageClientCustomizer.class, () -> (name, client) -> null)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("ImageClientCustomizer gave no client for imageClient"));
    }

    @Test
    void itWorksInReactiveAndInServletApplicationsAndLeavesTheirBeansAlone() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(OURS)
                .withPropertyValues("darkroom.api-key=sk-test", "spring.threads.virtual.enabled=true")
                .run(context -> assertThat(context).hasSingleBean(ImageClient.class));
        new WebApplicationContextRunner()
                .withConfiguration(OURS)
                .withPropertyValues("darkroom.api-key=sk-test", "spring.threads.virtual.enabled=true")
                .run(context -> assertThat(context)
                        .hasSingleBean(ImageClient.class)
                        .doesNotHaveBean(tools.jackson.databind.json.JsonMapper.class)
                        .doesNotHaveBean(java.util.concurrent.Executor.class));
    }

    private static Entry only(RunningEmulator emulator) {
        assertThat(emulator.journal().entries()).hasSize(1);
        return emulator.journal().entries().get(0);
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnGenerator {
        @Bean
        ImageGenerator fake() {
            return request -> Flux.empty();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnGate {
        @Bean
        RateGate gate() {
            return RateGates.inMemory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {
        @Bean
        @Order(2)
        ImageClientCustomizer second() {
            return (name, client) -> client.header("X-Who", name + ", second");
        }

        @Bean
        @Order(1)
        ImageClientCustomizer first() {
            return (name, client) -> client.header("X-Who", name + ", first");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ChangingKeys {
        @Bean
        ImageApiKeySource keys() {
            var count = new AtomicInteger();
            return client -> Mono.fromSupplier(() -> "sk-" + client + "-" + count.incrementAndGet() / 2);
        }
    }

    static class Wall {
        @Autowired
        ImageClient usual;

        @Autowired
        @Qualifier("thumbnails")
        ImageGenerator thumbnails;

        @Autowired
        @Qualifier("posters")
        ImageClient posters;
    }
}
