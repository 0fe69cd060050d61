package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.gate.RateGate;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeReactiveHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * A health contributor {@code imageGateways}, one part for each client if there are several, also where the application made them
 * itself, in a group {@code darkroom} of its own. It spends no money.
 */
@AutoConfiguration(after = DarkroomAutoConfiguration.class)
@ConditionalOnClass(ReactiveHealthContributor.class)
@ConditionalOnBean(ImageClient.class)
@ConditionalOnEnabledHealthIndicator("darkroom")
public final class HealthAutoConfiguration
        extends CompositeReactiveHealthContributorConfiguration<DarkroomHealthIndicator, ImageClient> {

    HealthAutoConfiguration(ObjectProvider<RateGate> gate) {
        super(client -> new DarkroomHealthIndicator(client, gate::getIfUnique));
    }

    @Bean
    @ConditionalOnMissingBean(name = {"imageGatewaysHealthIndicator", "imageGatewaysHealthContributor"})
    ReactiveHealthContributor imageGatewaysHealthContributor(Map<String, ImageClient> clients) {
        return createContributor(clients);
    }

    @Bean
    GatewayHealthGroup imageGatewaysHealthGroup() {
        return new GatewayHealthGroup();
    }
}
