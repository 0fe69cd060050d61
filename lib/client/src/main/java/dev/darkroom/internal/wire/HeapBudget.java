package dev.darkroom.internal.wire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one request keeps on the heap, held against its limit: images and previews, the texts of its payloads and the nodes of
 * their trees. The room that allocates takes before it does, and gives back what it lets go; sizes of objects are estimates,
 * rather too large than too small.
 *
 * <p>The answer is read on one event loop, downloads on others, so it is thread-safe; each has one for itself, so nobody waits.
 */
public final class HeapBudget {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    /**
     * A budget of which nothing is taken.
     *
     * @param limit in bytes
     */
    public HeapBudget(long limit) {
        this.limit = limit;
    }

    /**
     * Takes if there is enough left.
     *
     * @param bytes how much, not negative
     * @return false, and nothing is taken, if there is not
     */
    public boolean tryTake(long bytes) {
        long before = held.get();
        while (bytes <= limit - before) {
            if (held.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = held.get();
        }
        return false;
    }

    /**
     * Takes, or ends the request.
     *
     * @param bytes how much, not negative
     * @throws WireException.LimitExceeded if there is not enough left; nothing is taken then
     */
    public void take(long bytes) {
        if (!tryTake(bytes)) {
            throw WireException.LimitExceeded.heap(limit);
        }
    }

    /**
     * Gives back what was taken.
     *
     * @param bytes how much
     */
    public void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Gives back everything: what was taken is no longer there. */
    public void clear() {
        held.set(0);
    }

    /**
     * The limit as it was set.
     *
     * @return bytes
     */
    public long limit() {
        return limit;
    }

    /**
     * How much is taken.
     *
     * @return bytes
     */
    public long held() {
        return held.get();
    }
}
