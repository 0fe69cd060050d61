package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** The first refusals of a JVM, or of a class loader, heard on an event loop while somebody else prepares a type for Jackson. */
public final class FirstRefusal implements Consumer<Executor> {

    private static final CountDownLatch PREPARING = new CountDownLatch(1);
    private static final CountDownLatch OVER = new CountDownLatch(1);

    @Override
    public void accept(Executor eventLoop) {
        var dialects = Dialects.all().toList();
        var other = new Thread(() -> JsonMapper.shared().readValue("{}", Slow.class));
        other.setDaemon(true);
        other.start();
        try {
            PREPARING.await();
            var reply = new Reply(429, Map.of(), Instant.EPOCH);
            var body = "{\"error\":{\"message\":\"later\"}}".getBytes(StandardCharsets.UTF_8);
            CompletableFuture.runAsync(() -> dialects.forEach(dialect -> dialect.failure(reply, body)), eventLoop)
                    .join();
            OVER.countDown();
            other.join(); // it loads classes to its end
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            OVER.countDown();
        }
    }

    @JsonDeserialize(using = Preparing.class)
    record Slow() {}

    /** Jackson makes it while it holds the lock. */
    static final class Preparing extends StdDeserializer<Slow> {

        Preparing() throws InterruptedException {
            super(Slow.class);
            PREPARING.countDown();
            OVER.await();
        }

        @Override
        public Slow deserialize(JsonParser json, DeserializationContext context) {
            json.skipChildren();
            return new Slow();
        }
    }
}
