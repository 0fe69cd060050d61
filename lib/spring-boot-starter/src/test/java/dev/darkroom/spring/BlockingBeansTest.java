package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.image.ImageEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The beans that Javadoc shows block, as a vault and a ledger do, and hold up no event loop: BlockHound would tell. */
class BlockingBeansTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 2;

    @Test
    void aVaultAndALedgerMayBlock() {
        try (var gateway = ImageEmulator.create().latency(Duration.ZERO).start()) {
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(DarkroomAutoConfiguration.class))
                    .withUserConfiguration(Documented.class)
                    .withPropertyValues("darkroom.base-url=" + gateway.openRouterBaseUrl())
                    .run(context -> {
                        var images = context.getBean(ImageClient.class);
                        for (int i = 0; i < ATTEMPTS; i++) {
                            var events = images.generate(DarkroomAutoConfigurationTest.REQUEST.stream(true))
                                    .subscribeOn(Schedulers.parallel())
                                    .collectList()
                                    .block(TIMEOUT);
                            assertThat(events).hasSize(3);
                        }
                        assertThat(context.getBean(Vault.class).asked)
                                .hasSizeGreaterThanOrEqualTo(ATTEMPTS)
                                .containsOnly(false);
                        assertThat(context.getBean(Ledger.class).booked)
                                .hasSize(3 * ATTEMPTS)
                                .containsOnly(false);
                    });
        }
    }

    /** Whether it was on a thread that must not block. */
    private static boolean block() {
        var must = Schedulers.isInNonBlockingThread();
        try {
            assertThat(new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return must;
    }

    static final class Vault {
        private final List<Boolean> asked = new CopyOnWriteArrayList<>();

        String currentKey(String client) {
            asked.add(block());
            return "sk-" + client;
        }
    }

    static final class Ledger {
        private final List<Boolean> booked = new CopyOnWriteArrayList<>();

        void book(ImageEvent event) {
            booked.add(block());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Documented {
        @Bean
        Vault vault() {
            return new Vault();
        }

        @Bean
        Ledger ledger() {
            return new Ledger();
        }

        @Bean
        ImageApiKeySource vaultKeys(Vault vault) {
            return client -> Mono.fromCallable(() -> vault.currentKey(client));
        }

        @Bean
        ImageClientCustomizer budget(Ledger ledger) {
            return (name, client) -> client.decorate(next -> request -> next.generate(request)
                    .publishOn(Schedulers.boundedElastic()) // events come on an event loop, and a ledger may block
                    .doOnNext(ledger::book));
        }
    }
}
