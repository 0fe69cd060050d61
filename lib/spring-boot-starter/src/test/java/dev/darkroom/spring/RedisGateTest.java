package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.RateGates;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.redis.RedisRateGate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The gate that a fleet shares, by properties. Nothing listens where they point: what it does with a Redis is tested with it. */
class RedisGateTest {

    private static final String NOWHERE = "darkroom.gate.redis.url=redis://user:pass-word@127.0.0.1:1/0";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DarkroomAutoConfiguration.class, EmulatorAutoConfiguration.class, RedisGateAutoConfiguration.class))
            .withPropertyValues(
                    "darkroom.emulator.enabled=true", "darkroom.emulator.latency=0s", "darkroom.emulator.shrink=16");
    private final ApplicationContextRunner enabled = runner.withPropertyValues("darkroom.gate.redis.enabled=true");

    @Test
    void unlessAskedForTheGateIsInMemory() {
        runner.run(context -> assertThat(context.getBean(RateGate.class)).isNotInstanceOf(RedisRateGate.class));
    }

    @Test
    void anApplicationStartsAndPaintsWithItsRedisOutOfReach() {
        enabled.withPropertyValues(NOWHERE).run(context -> {
            assertThat(context).hasSingleBean(RedisRateGate.class);
            var painted = context.getBean(ImageClient.class)
                    .result(DarkroomAutoConfigurationTest.REQUEST)
                    .block(Duration.ofMinutes(3));
            assertThat(painted.images()).hasSize(1);
        });
    }

    @Test
    void bootsConnectionDetailsSayWhereItIs() {
        enabled.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, SslAutoConfiguration.class))
                .withPropertyValues("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=1")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(RedisRateGate.class));
    }

    @Test
    void aClusterOfTheConnectionDetailsIsOne() {
        var details = new DataRedisConnectionDetails() {
            @Override
            public Cluster getCluster() {
                return () -> java.util.List.of(new Node("one.example", 7001), new Node("two.example", 7002));
            }
        };
        var place = new RedisPlace(new RedisGateProperties(true, null, null, "darkroom", Duration.ofMillis(250)), null);

        assertThat(new RedisDetails(details).on(place))
                .hasToString("RedisGateSettings[one.example:7001,two.example:7002, darkroom, 250 ms]");
    }

    @Test
    void aGateOfTheApplicationsOwnIsKept() {
        enabled.withPropertyValues(NOWHERE)
                .withBean("own", RateGate.class, RateGates::inMemory)
                .run(context ->
                        assertThat(context).hasSingleBean(RateGate.class).doesNotHaveBean(RedisRateGate.class));
    }

    @Test
    void withoutARedisSomewhereTheApplicationIsToldWhichPropertySaysIt() {
        enabled.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                .hasMessageContaining("darkroom.gate.redis.url"));
    }

    @Test
    void anUrlThatIsNoneIsNotPrintedWithItsPassword() {
        enabled.withPropertyValues("darkroom.gate.redis.url=http://user:pass-word@127.0.0.1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("darkroom.gate.redis.url")
                        .hasMessageNotContaining("pass-word"));
    }

    @Test
    void withoutTheLibraryTheApplicationIsToldWhatIsMissing() {
        enabled.withPropertyValues(NOWHERE)
                .withClassLoader(new FilteredClassLoader("dev.darkroom.redis"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("dev.darkroom:darkroom-redis"));
    }

    @Test
    void gaugesSayWhoSharesTheQuotaAndWhetherItIsReached() {
        var gate = RedisRateGate.connect("redis://127.0.0.1:1");
        var registry = new SimpleMeterRegistry();
        var gauges = new GateGauges(gate, new TagValueLimit());
        gauges.bindTo(registry);
        var quota = Quota.of("api.example", "key", "model");
        gauges.accept(quota);
        var ticket = gate.enter(quota, 1);
        ticket.permit().block(Duration.ofMinutes(1)).accepted();

        assertThat(registry.get("darkroom.gate.alone").gauge().value()).isEqualTo(1);
        assertThat(registry.get("darkroom.gate.instances").gauge().value()).isEqualTo(1);
        ticket.close();
        gate.close();
    }
}
