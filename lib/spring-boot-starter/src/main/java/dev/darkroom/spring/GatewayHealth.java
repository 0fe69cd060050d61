package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.image.RateLimitedException;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/**
 * Whether a gateway answers. Asks for its list of models, which costs nothing, at most once in {@link #FRESH}, however
 * often it is asked itself; sooner where it did not answer, so that its return is seen. A gateway that limits us answers; one
 * without such a list is not known.
 */
final class GatewayHealth extends AbstractReactiveHealthIndicator {

    static final Duration FRESH = Duration.ofMinutes(1);
    static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Mono<Health> health;

    GatewayHealth(ImageClient client) {
        super("the image gateway's health cannot be told");
        var asked = client.longestWait(Duration.ZERO);
        this.health = Mono.defer(() -> asked.models().count())
                .map(models -> Health.up().withDetail("models", models).build())
                .timeout(PATIENCE)
                .onErrorResume(
                        RateLimitedException.class,
                        e -> Mono.just(
                                Health.up().withDetail("models", "rate limited").build()))
                .onErrorResume(
                        UnsupportedOperationException.class,
                        e -> Mono.just(Health.unknown()
                                .withDetail("models", "not listed")
                                .build()))
                .onErrorResume(e -> Mono.just(Health.down(e).build()))
                .cache(GatewayHealth::fresh, failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    static Duration fresh(Health health) {
        return health.getStatus().equals(Status.DOWN) ? SOON : FRESH;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        return health;
    }
}
