package dev.darkroom.spring;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import reactor.core.scheduler.Schedulers;

/** What the gate of each host and model looks like. A quota gets its gauges when it is first used. */
final class GateGauges implements MeterBinder, QuotaListener {

    private final RateGate gate;
    private final TagValueLimit models;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

    GateGauges(RateGate gate, TagValueLimit models) {
        this.gate = gate;
        this.models = models;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        registries.add(registry);
        lines.forEach(line -> register(line, registry));
    }

    @Override
    public void accept(Quota quota) {
        var line = line(quota);
        if (lines.add(line)) {
            registries.forEach(registry -> register(line, registry));
        }
    }

    private void register(Line line, MeterRegistry registry) {
        gauge(
                "darkroom.gate.waiting",
                "requests in line",
                line,
                states -> states.mapToInt(GateState::waiting).sum(),
                registry);
        gauge(
                "darkroom.gate.in.flight",
                "requests under way",
                line,
                states -> states.mapToInt(GateState::inFlight).sum(),
                registry);
        gauge(
                "darkroom.gate.closed",
                "seconds until the gate may open; 0 if it is open",
                line,
                GateGauges::closed,
                registry);
        gauge(
                "darkroom.gate.pace",
                "requests or images a second that may be sent, as the quota counts; infinite if nothing was refused",
                line,
                states -> states.mapToDouble(GateState::pace).min().orElse(Double.POSITIVE_INFINITY),
                registry);
        gauge(
                "darkroom.gate.head.wait",
                "seconds the first in line will wait, as far as is known; 0 if nobody waits",
                line,
                GateGauges::headWait,
                registry);
        gauge(
                "darkroom.gate.instances",
                "instances of the application that share the quota, as they were last seen",
                line,
                states -> fleets(states)
                        .mapToInt(GateState.Fleet::instances)
                        .max()
                        .orElse(1),
                registry);
        gauge(
                "darkroom.gate.alone",
                "1 if a gate that is shared cannot be reached, so that this instance goes on alone; else 0",
                line,
                states -> fleets(states).allMatch(GateState.Fleet::reached) ? 0 : 1,
                registry);
        for (var cause : GateState.Cause.values()) {
            cause(cause, line, registry);
        }
    }

    private static Stream<GateState.Fleet> fleets(Stream<GateState> states) {
        return states.map(GateState::fleet).filter(Objects::nonNull);
    }

    /** One for each cause, as metrics tell of states: how many quotas are kept by it now. */
    private void cause(GateState.Cause cause, Line line, MeterRegistry registry) {
        Gauge.builder(
                        "darkroom.gate.cause",
                        gate,
                        observed -> states(observed, line)
                                .filter(state -> state.cause() == cause)
                                .count())
                .description("quotas whose requests wait for this")
                .tags(Tags.of(
                        "server.address",
                        line.host(),
                        "gen_ai.request.model",
                        line.model(),
                        "cause",
                        cause.name().toLowerCase(Locale.ROOT)))
                .register(registry);
    }

    private static double headWait(Stream<GateState> states) {
        return states.map(GateState::headWaits)
                .filter(Objects::nonNull)
                .mapToDouble(wait -> wait.toMillis() / 1e3)
                .max()
                .orElse(0);
    }

    private void gauge(
            String name,
            String description,
            Line line,
            ToDoubleFunction<Stream<GateState>> value,
            MeterRegistry registry) {
        Gauge.builder(name, gate, observed -> value.applyAsDouble(states(observed, line)))
                .description(description)
                .tags(Tags.of("server.address", line.host(), "gen_ai.request.model", line.model()))
                .register(registry);
    }

    private Stream<GateState> states(RateGate observed, Line line) {
        return observed.states().stream().filter(state -> line(state.quota()).equals(line));
    }

    private static double closed(Stream<GateState> states) {
        var now = Instant.ofEpochMilli(Schedulers.parallel().now(TimeUnit.MILLISECONDS));
        return states.map(GateState::closedUntil)
                .filter(until -> until != null && until.isAfter(now))
                .mapToDouble(until -> Duration.between(now, until).toMillis() / 1e3)
                .max()
                .orElse(0);
    }

    private Line line(Quota quota) {
        return new Line(quota.host(), models.of(quota.model()));
    }

    /** All keys of one host and model: a key is no tag. */
    private record Line(String host, String model) {}
}
