package dev.darkroom.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class RedisClusterTest {

    private static final Quota QUOTA = Quota.of("api.example", "key", "model");
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    private Path folder;

    @Test
    void aClusterSharesAQuotaAsOneRedisDoes() {
        try (var server = RedisServer.cluster(folder)) {
            var settings = RedisGateSettings.cluster(List.of(RedisURI.create("127.0.0.1", server.port())));
            try (var one = RedisRateGate.connect(settings);
                    var other = RedisRateGate.connect(settings.instance("other"))) {
                until(() -> isShared(one) && isShared(other));
                server.awaitListeners(GateScript.key("darkroom", QUOTA), 2);
                var ticket = one.enter(QUOTA, 1);
                ticket.permit().block(LONG).refused(Instant.now().plusSeconds(3600));

                until(() -> state(other).closedUntil() != null);

                ticket.close();
            }
        }
    }

    private static boolean isShared(RateGate gate) {
        var ticket = gate.enter(QUOTA, 1);
        ticket.permit().block(LONG).accepted();
        ticket.close();
        return state(gate).fleet().reached();
    }

    private static GateState state(RateGate gate) {
        return gate.states().get(0);
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Mono.delay(Duration.ofMillis(10)).block();
        }
    }
}
