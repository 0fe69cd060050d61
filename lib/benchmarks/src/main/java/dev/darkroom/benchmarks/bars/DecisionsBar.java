package dev.darkroom.benchmarks.bars;

import dev.darkroom.benchmarks.server.RedisProcess;
import dev.darkroom.gate.Quota;
import dev.darkroom.redis.RedisGateSettings;
import dev.darkroom.redis.RedisRateGate;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import reactor.core.publisher.Mono;

/**
 * Decisions a second on one open quota, by clients with a connection each of which every one asks again at once: permits of our gate, and
 * tokens of Bucket4j's Lettuce proxy, in the same process at the same Redis.
 */
public final class DecisionsBar implements Bar {

    private static final long FOR_EVER = 100_000_000;

    /** Our gate starts slowly at a quota it knows nothing of. */
    private static final int WARM_UP_SECONDS = 40;

    @Override
    public void measure(Bench bench, Findings findings) throws IOException, InterruptedException {
        var seconds = bench.effort().rounds() == 1 ? 1 : 5;
        findings.table("decisions a second on one quota", "clients", "Darkroom", "Bucket4j, Lettuce");
        for (var clients : new int[] {1, 8, 32}) {
            var ours = darkroom(clients, seconds);
            var theirs = bucket4j(clients, seconds);
            findings.row(Integer.toString(clients), text(ours), text(theirs));
            System.out.println(clients + " clients: " + text(ours) + " beside " + text(theirs));
            if (clients == 32) {
                findings.atLeast(4, "decisions a second with 32 clients, to Bucket4j's", "x", Spread.of(ours / theirs));
            }
        }
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }

    private static double darkroom(int clients, int seconds) throws IOException, InterruptedException {
        try (var redis = new RedisProcess()) {
            var gates = new ArrayList<RedisRateGate>();
            var asks = new ArrayList<Mono<?>>();
            var quota = Quota.of("api.example", "key", "model");
            for (var i = 0; i < clients; i++) {
                var gate = RedisRateGate.connect(
                        RedisGateSettings.of(redis.uri()).instance("i" + i).commandTimeout(Duration.ofSeconds(10)));
                gates.add(gate);
                asks.add(Mono.using(
                        () -> gate.enter(quota, 1),
                        ticket -> ticket.permit().doOnNext(permit -> permit.accepted()),
                        ticket -> ticket.close()));
            }
            var rate = rate(asks, WARM_UP_SECONDS, seconds);
            gates.forEach(RedisRateGate::close);
            return rate;
        }
    }

    private static double bucket4j(int clients, int seconds) throws IOException, InterruptedException {
        try (var redis = new RedisProcess()) {
            var connections = new ArrayList<RedisClient>();
            var asks = new ArrayList<Mono<?>>();
            var limit = BucketConfiguration.builder()
                    .addLimit(one -> one.capacity(FOR_EVER).refillGreedy(FOR_EVER, Duration.ofSeconds(1)))
                    .build();
            for (var i = 0; i < clients; i++) {
                var client = RedisClient.create(redis.uri());
                connections.add(client);
                var connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
                var bucket = Bucket4jLettuce.casBasedBuilder(connection)
                        .build()
                        .asAsync()
                        .builder()
                        .build("quota", () -> CompletableFuture.completedFuture(limit));
                asks.add(Mono.fromFuture(() -> bucket.tryConsume(1)));
            }
            var rate = rate(asks, 3, seconds);
            connections.forEach(client -> client.shutdown(0, 1, TimeUnit.SECONDS));
            return rate;
        }
    }

    private static double rate(List<Mono<?>> asks, int warmUp, int seconds) throws InterruptedException {
        var done = new LongAdder();
        var over = new AtomicBoolean();
        for (var ask : asks) {
            ask.doOnNext(one -> done.increment()).repeat(() -> !over.get()).subscribe();
        }
        TimeUnit.SECONDS.sleep(warmUp);
        var before = done.sum();
        var start = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        var rate = (done.sum() - before) * 1e9 / (System.nanoTime() - start);
        over.set(true);
        return rate;
    }
}
