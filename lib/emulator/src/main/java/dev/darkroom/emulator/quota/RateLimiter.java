package dev.darkroom.emulator.quota;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/**
 * Limits the rate of requests to what a quota allows; each key has its own count. Called from any thread.
 *
 * <p>The generic cell rate algorithm: per key, one instant at which its account would be full again. A request passes
 * if that instant is near enough, and moves it by its permits; a refused request costs nothing. A request for more
 * permits than fit at once passes on a full account, so that waiting is never in vain.
 */
public final class RateLimiter {

    private static final int REMEMBERED_KEYS = 10_000;

    private final Quota quota;
    private final Scheduler time;
    private final Map<String, Long> fullAgain = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED_KEYS;
        }
    };

    /**
     * A limiter which counted nothing yet.
     *
     * @param quota what it allows
     * @param time the clock
     */
    public RateLimiter(Quota quota, Scheduler time) {
        this.quota = quota;
        this.time = time;
    }

    /**
     * The quota it allows.
     *
     * @return the quota
     */
    public Quota quota() {
        return quota;
    }

    /**
     * Asks for permits.
     *
     * @param key whose account
     * @param permits what the request costs, 1 or more
     * @return zero if the request passed, else how long until it would
     */
    public synchronized Duration acquire(String key, int permits) {
        long now = time.now(TimeUnit.NANOSECONDS);
        long full = Math.max(now, fullAgain.getOrDefault(key, now));
        long wait = full - now - Math.max(0, quota.burst() - permits) * quota.nanosPerPermit();
        if (wait > 0) {
            return Duration.ofNanos(wait);
        }
        fullAgain.put(key, full + permits * quota.nanosPerPermit());
        return Duration.ZERO;
    }
}
