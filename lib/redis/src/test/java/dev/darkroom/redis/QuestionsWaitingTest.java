package dev.darkroom.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.gate.Quota;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** A Redis that answers nobody for a while, and more questions than may wait for it. */
class QuestionsWaitingTest {

    private static final int MOST = 1024;
    private static final int MANY = 1500;
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    @Test
    void soManyWaitForAnAnswerAndTheOthersAreToldAtOnce() throws Exception {
        try (var server = RedisServer.started()) {
            var link = new LettuceLink(RedisGateSettings.of(server.uri()).commandTimeout(Duration.ofSeconds(10)));
            link.connect();
            ask(link, 0).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            server.pause();

            var refused = new CountDownLatch(MANY - MOST);
            for (var i = 0; i < MANY; i++) {
                ask(link, i).whenComplete((answer, failure) -> {
                    if (isForThoseBefore(failure)) {
                        refused.countDown();
                    }
                });
            }

            assertThat(refused.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            link.close();
        }
    }

    @Test
    void nobodyOfManyQuotasIsKeptByIt() {
        try (var server = RedisServer.started();
                var gate = RedisRateGate.connect(server.uri())) {
            server.pause();

            var permits = Flux.range(0, MANY)
                    .flatMap(
                            i -> {
                                var ticket = gate.enter(quota(i), 1);
                                return ticket.permit().doOnNext(permit -> {
                                    permit.accepted();
                                    ticket.close();
                                });
                            },
                            MANY)
                    .count()
                    .block(PATIENCE);

            assertThat(permits).isEqualTo(MANY);
        }
    }

    private static Quota quota(int number) {
        return Quota.of("api.example", "key", "model-" + number);
    }

    private static CompletableFuture<String> ask(LettuceLink link, int number) {
        return link.ask(quota(number), "turn", "me:0", "0", "-2", "1", "1000", "0", "0", "me")
                .toCompletableFuture();
    }

    private static boolean isForThoseBefore(@Nullable Throwable failure) {
        return failure != null && String.valueOf(failure.getMessage()).contains("size exceeded: " + MOST);
    }
}
