package dev.darkroom.redis;

import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that the fleet cannot be reached, and once that it can again, however many quotas there are. Called from any thread. */
final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger("dev.darkroom.redis.RedisRateGate");

    private final String where;
    private final AtomicInteger quotas = new AtomicInteger();

    Outages(String where) {
        this.where = where;
    }

    /** A quota cannot be asked about. */
    void began(@Nullable Throwable failure) {
        if (quotas.getAndIncrement() == 0) {
            LOG.warn(
                    "the rate gate cannot reach Redis at {} ({}): this instance goes on alone, with the closings it knows and its"
                            + " part of the rate, and tries again every few seconds",
                    where,
                    reason(failure));
        }
    }

    private static String reason(@Nullable Throwable failure) {
        var known = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (known == null) {
            return "no answer";
        }
        return known instanceof NotConnectedException ? String.valueOf(known.getMessage()) : known.toString();
    }

    /** It can again. */
    void ended() {
        if (quotas.decrementAndGet() == 0) {
            LOG.info("the rate gate reaches Redis at {} again: the quota is shared with the fleet", where);
        }
    }
}
