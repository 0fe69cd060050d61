package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.ModelCatalogue;
import dev.darkroom.gate.GateState;
import dev.darkroom.gate.GateState.Cause;
import dev.darkroom.gate.RateGate;
import dev.darkroom.image.RateLimitedException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Health of a gateway: whether it answers. Asks for its list of models, which costs nothing, at most once in {@link #FRESH}, however
 * often it is asked itself; sooner where it did not answer, so that its return is seen. A gateway that limits us answers; one
 * without such a list is not known.
 */
final class DarkroomHealthIndicator extends AbstractReactiveHealthIndicator {

    static final Duration FRESH = Duration.ofMinutes(1);
    static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ImageClient client;
    private @Nullable Mono<Health> health;
    private final Supplier<@Nullable RateGate> gate;

    /**
     * The health of one client's gateway.
     *
     * @param gate which the clients share, whose state is part of the details; null if there is none
     */
    DarkroomHealthIndicator(ImageClient client, Supplier<@Nullable RateGate> gate) {
        super("the health check of the image gateway failed");
        this.gate = gate;
        this.client = client;
    }

    /** Made when it is first asked for: an application that starts has better things to do. */
    private synchronized Mono<Health> ofGateway() {
        if (health == null) {
            health = client.rateLimits(r -> r.maxWait(Duration.ZERO))
                    .catalogue()
                    .map(DarkroomHealthIndicator::asked)
                    .orElse(Mono.just(
                            Health.unknown().withDetail("models", "not listed").build()));
        }
        return health;
    }

    private static Mono<Health> asked(ModelCatalogue catalogue) {
        return catalogue
                .models()
                .count()
                .map(models -> Health.up().withDetail("models", models).build())
                .timeout(TIMEOUT)
                .onErrorResume(
                        RateLimitedException.class,
                        e -> Mono.just(
                                Health.up().withDetail("models", "rate limited").build()))
                .onErrorResume(e -> Mono.just(Health.down(e).build()))
                .cache(DarkroomHealthIndicator::fresh, failure -> Duration.ZERO, () -> Duration.ZERO);
    }

    static Duration fresh(Health health) {
        return health.getStatus().equals(Status.DOWN) ? SOON : FRESH;
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        return ofGateway().map(asked -> {
            var shared = gate.get();
            return shared == null
                    ? asked
                    : Health.status(asked.getStatus())
                            .withDetails(asked.getDetails())
                            .withDetail("gate", gateDetails(shared.states()))
                            .build();
        });
    }

    /** No quota by its name: there may be very many. */
    private static Map<String, Object> gateDetails(List<GateState> states) {
        var now = Instant.ofEpochMilli(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
        var gateDetails = new LinkedHashMap<String, Object>();
        gateDetails.put("waiting", states.stream().mapToInt(GateState::waiting).sum());
        gateDetails.put(
                "inFlight", states.stream().mapToInt(GateState::inFlight).sum());
        gateDetails.put(
                "closed",
                states.stream()
                        .map(GateState::closedUntil)
                        .filter(until -> until != null && until.isAfter(now))
                        .count());
        gateDetails.put(
                "paced",
                states.stream()
                        .filter(state -> state.pace() < Double.POSITIVE_INFINITY && state.cause() != Cause.NOISE)
                        .count());
        gateDetails.put(
                "refusedAtRandom",
                states.stream().filter(state -> state.cause() == Cause.NOISE).count());
        var fleets =
                states.stream().map(GateState::fleet).filter(Objects::nonNull).toList();
        if (!fleets.isEmpty()) {
            gateDetails.put(
                    "instances",
                    fleets.stream().mapToInt(GateState.Fleet::instances).max().orElse(1));
            gateDetails.put(
                    "alone", fleets.stream().filter(fleet -> !fleet.reached()).count());
        }
        return gateDetails;
    }
}
