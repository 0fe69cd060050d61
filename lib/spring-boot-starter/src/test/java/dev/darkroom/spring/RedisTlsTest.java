package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.redis.RedisRateGate;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A real Redis behind TLS, whose certificate only a bundle of the application knows. */
@ExtendWith(OutputCaptureExtension.class)
class RedisTlsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Quota QUOTA = Quota.of("api.example", "key", "model");

    @TempDir
    static Path folder;

    private static TlsRedis redis;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DarkroomAutoConfiguration.class,
                    EmulatorAutoConfiguration.class,
                    RedisGateAutoConfiguration.class,
                    HealthAutoConfiguration.class,
                    SslAutoConfiguration.class))
            .withPropertyValues(
                    "darkroom.emulator.enabled=true",
                    "darkroom.gate.redis.enabled=true",
                    "darkroom.gate.redis.command-timeout=10s",
                    "spring.ssl.bundle.pem.fleet.truststore.certificate=file:" + redis.certificate());

    @BeforeAll
    static void start() throws Exception {
        redis = TlsRedis.startedIn(folder);
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void aBundleIsTrustedAndHealthSaysThatTheFleetIsReached() {
        runner.withPropertyValues(url(), "darkroom.gate.redis.ssl-bundle=fleet", "darkroom.gate.redis.key-prefix=alone")
                .run(context -> {
                    assertThat(reached(context.getBean(RedisRateGate.class))).isTrue();
                    var health = context.getBean("imageGatewaysHealthContributor", ReactiveHealthIndicator.class);
                    assertThat(health.health().block(PATIENCE).getDetails().get("gate"))
                            .asString()
                            .contains("instances=1, alone=0");
                });
    }

    @Test
    void theBundleOfTheConnectionDetailsIsTrusted() {
        runner.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues(
                        "spring.data.redis.host=127.0.0.1",
                        "spring.data.redis.port=" + redis.port(),
                        "spring.data.redis.ssl.bundle=fleet")
                .run(context -> assertThat(reached(context.getBean(RedisRateGate.class)))
                        .isTrue());
    }

    @Test
    void withoutItNobodyIsTrustedAndTheInstanceGoesOnAloneAsHealthSays(CapturedOutput output) {
        runner.withPropertyValues(url(), "darkroom.gate.redis.command-timeout=50ms")
                .run(context -> {
                    assertThat(used(context.getBean(RedisRateGate.class))
                                    .fleet()
                                    .reached())
                            .isFalse();
                    var health = context.getBean("imageGatewaysHealthContributor", ReactiveHealthIndicator.class);
                    assertThat(health.health().block(PATIENCE).getDetails().get("gate"))
                            .asString()
                            .contains("instances=1, alone=1");
                    assertThat(output)
                            .contains("the rate gate cannot reach Redis")
                            .doesNotContain("BlockingOperationError");
                });
    }

    private static String url() {
        return "darkroom.gate.redis.url=rediss://127.0.0.1:" + redis.port();
    }

    /** Whether it is after a while: a handshake may be slow. */
    private static boolean reached(RateGate gate) {
        return Boolean.TRUE.equals(Mono.fromCallable(() -> used(gate).fleet().reached())
                .subscribeOn(Schedulers.boundedElastic())
                .filter(reached -> reached)
                .repeatWhenEmpty(again -> again.delayElements(Duration.ofMillis(20)))
                .block(PATIENCE));
    }

    private static GateState used(RateGate gate) {
        var ticket = gate.enter(QUOTA, 1);
        ticket.permit().block(PATIENCE).accepted();
        ticket.close();
        return gate.states().get(0);
    }
}
