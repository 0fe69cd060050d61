package dev.darkroom.emulator.fault;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which fault, if any, a request meets.
 *
 * <p>Called by event loops and by tests, from any thread. A request which names its fault in a header gets that one
 * and leaves the queue alone; every other image request takes the next fault of the queue, in order of arrival.
 */
public final class FaultQueue {

    private static final int REMEMBERED_REQUESTS = 10_000;

    private final Deque<Planned> queue = new ArrayDeque<>();
    private final Map<String, Integer> requested = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED_REQUESTS;
        }
    };

    /** An empty queue: nothing goes wrong. */
    public FaultQueue() {}

    /**
     * Appends a fault.
     *
     * @param plan what the next {@link Fault.Plan#times()} requests without the header meet
     */
    public synchronized void add(Fault.Plan plan) {
        queue.add(new Planned(plan, plan.times()));
    }

    /** Forgets all faults, and which headers were seen. */
    public synchronized void clear() {
        queue.clear();
        requested.clear();
    }

    /**
     * The number of faults still waiting for a request.
     *
     * @return 0 or more
     */
    public synchronized int remaining() {
        return queue.stream().mapToInt(Planned::left).sum();
    }

    /**
     * The fault for a request without the header.
     *
     * @return the next of the queue, or one where nothing goes wrong
     */
    public synchronized Fault.Plan next() {
        @Nullable Planned next = queue.poll();
        if (next == null) {
            return Fault.NONE.once();
        }
        if (next.left() > 1) {
            queue.addFirst(new Planned(next.plan(), next.left() - 1));
        }
        return next.plan();
    }

    /**
     * The fault for a request with the header.
     *
     * @param header the header's value
     * @param request what tells this request from others, such as a digest of its body
     * @return the fault asked for, or none once it happened {@code times} times (if the header says how often)
     * @throws IllegalArgumentException if the header cannot be read
     */
    public synchronized Fault.Plan requested(String header, String request) {
        var plan = FaultHeader.parse(header);
        if (!plan.options().has(FaultParameter.TIMES)) {
            return plan;
        }
        int before = requested.merge(header + '\n' + request, 1, Integer::sum) - 1;
        return before < plan.times() ? plan : Fault.NONE.once();
    }

    /** A fault, and how many more requests meet it. */
    private record Planned(Fault.Plan plan, int left) {}
}
