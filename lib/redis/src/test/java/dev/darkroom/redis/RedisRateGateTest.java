package dev.darkroom.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.GateState;
import dev.darkroom.gate.Permit;
import dev.darkroom.gate.Quota;
import dev.darkroom.gate.RateGate;
import dev.darkroom.gate.Ticket;
import dev.darkroom.testsupport.SideBySide;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances at a real Redis, over Lettuce. Waits are as long as a busy machine needs; nothing is said of how long they take. */
class RedisRateGateTest {

    private static final Quota QUOTA = Quota.of("api.example", "key", "model");
    private static final Duration LONG = Duration.ofSeconds(50);

    private RedisServer server;
    private RedisRateGate one;
    private RedisRateGate other;

    @BeforeEach
    void start() {
        server = RedisServer.started();
        one = RedisRateGate.connect(server.uri());
        other = RedisRateGate.connect(server.uri());
        shared(one);
        shared(other);
        server.awaitListeners(GateScript.key("darkroom", QUOTA), 2);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            one.close();
            other.close();
            server.close();
        }
    }

    @Test
    void aRefusalSeenByOneClosesTheGateOfTheOther() {
        var ticket = one.enter(QUOTA, 1);
        permit(ticket).refused(Instant.now().plusSeconds(3600));

        until(() -> state(other).closedUntil() != null);

        assertThat(state(other).closedUntil()).isAfter(Instant.now().plusSeconds(3000));
        ticket.close();
    }

    @Test
    void whoComesAfterARefusalHearsOfItWithItsFirstQuestion() {
        var ticket = one.enter(QUOTA, 1);
        permit(ticket).refused(Instant.now().plusSeconds(3600));
        until(() -> state(other).closedUntil() != null);

        try (var third = RedisRateGate.connect(server.uri())) {
            var waiting = third.enter(QUOTA, 1);
            var subscription = waiting.permit().subscribe();
            until(() -> !third.states().isEmpty() && state(third).closedUntil() != null);
            subscription.dispose();
            waiting.close();
        }
        ticket.close();
    }

    @Test
    void aScriptThatWasForgottenIsSentAgain() {
        command(redis -> redis.scriptFlush());

        shared(one);
    }

    @Test
    @SideBySide
    void aRestartIsSurvivedAndTheWayBackIsFound() {
        server.kill();
        use(one);
        until(() -> {
            use(one);
            return !reached(one);
        });

        server.start();

        until(() -> reached(one));
        shared(one);
    }

    @Test
    @SideBySide
    void aPausedRedisKeepsNobodyAndTheWayBackIsFound() {
        server.pause();

        use(one);

        assertThat(reached(one)).isFalse();
        server.resume();
        until(() -> reached(one));
    }

    @Test
    void aGateWithoutARedisLetsPass() {
        server.kill();
        try (var alone = RedisRateGate.connect(server.uri())) {
            use(alone);

            assertThat(reached(alone)).isFalse();
        }
    }

    private static Permit permit(Ticket ticket) {
        return ticket.permit().block(LONG);
    }

    private static void use(RateGate gate) {
        var ticket = gate.enter(QUOTA, 1);
        permit(ticket).accepted();
        ticket.close();
    }

    private static void shared(RateGate gate) {
        until(() -> {
            use(gate);
            return reached(gate);
        });
    }

    private static boolean reached(RateGate gate) {
        return state(gate).fleet().reached();
    }

    private static GateState state(RateGate gate) {
        return gate.states().get(0);
    }

    private void command(java.util.function.Consumer<io.lettuce.core.api.sync.RedisCommands<String, String>> command) {
        var client = RedisClient.create(server.uri());
        try (var connection = client.connect()) {
            command.accept(connection.sync());
        } finally {
            client.shutdown();
        }
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            reactor.core.publisher.Mono.delay(Duration.ofMillis(10)).block();
        }
    }
}
