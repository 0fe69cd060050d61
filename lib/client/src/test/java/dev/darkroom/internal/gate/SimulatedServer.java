package dev.darkroom.internal.gate;

import java.util.ArrayDeque;
import java.util.function.DoubleUnaryOperator;

/** A server's quota in simulated time. Seconds and units. */
interface SimulatedServer {

    /** Asks to pass: 0 if the call was taken, else how many seconds until one of this cost would be. */
    double pass(double now, int cost);

    /** A call which was taken has ended. */
    default void ended(int cost) {}

    static SimulatedServer unlimited() {
        return (now, cost) -> 0;
    }

    /** Takes every call but one, the first after some time, which it refuses for a while. */
    static SimulatedServer stray(double after, double wait) {
        return new SimulatedServer() {
            private boolean refused;

            @Override
            public double pass(double now, int cost) {
                if (refused || now < after) {
                    return 0;
                }
                refused = true;
                return wait;
            }
        };
    }

    /** Refuses everything from one time to the next, again and again, with that hint; asks the other server in between. */
    static SimulatedServer stormy(SimulatedServer between, double hint, double... times) {
        return new SimulatedServer() {
            @Override
            public double pass(double now, int cost) {
                for (var i = 0; i < times.length; i += 2) {
                    if (now >= times[i] && now < times[i + 1]) {
                        return hint;
                    }
                }
                return between.pass(now, cost);
            }

            @Override
            public void ended(int cost) {
                between.ended(cost);
            }
        };
    }

    static SimulatedServer bucket(double rate, double burst) {
        return bucket(now -> rate, burst);
    }

    /** A bucket whose rate changes with time. */
    static SimulatedServer bucket(DoubleUnaryOperator rate, double burst) {
        return new SimulatedServer() {
            private double tokens = burst;
            private double last;

            @Override
            public double pass(double now, int cost) {
                tokens = Math.min(burst, tokens + (now - last) * rate.applyAsDouble(now));
                last = now;
                if (tokens >= cost - 1e-9) {
                    tokens -= cost;
                    return 0;
                }
                return (cost - tokens) / rate.applyAsDouble(now);
            }
        };
    }

    /** So many units per period, counted anew at each full period. */
    static SimulatedServer fixedWindow(int units, double period, double phase) {
        return new SimulatedServer() {
            private long window = -1;
            private int used;

            @Override
            public double pass(double now, int cost) {
                var current = (long) Math.floor((now + phase) / period);
                if (current != window) {
                    window = current;
                    used = 0;
                }
                if (used + cost <= units) {
                    used += cost;
                    return 0;
                }
                return (current + 1) * period - phase - now;
            }
        };
    }

    /** So many units in any period. */
    static SimulatedServer slidingWindow(int units, double period) {
        record Taken(double at, int cost) {}
        return new SimulatedServer() {
            private final ArrayDeque<Taken> taken = new ArrayDeque<>();
            private int used;

            @Override
            public double pass(double now, int cost) {
                while (!taken.isEmpty() && taken.getFirst().at() <= now - period) {
                    used -= taken.removeFirst().cost();
                }
                if (used + cost <= units) {
                    used += cost;
                    taken.addLast(new Taken(now, cost));
                    return 0;
                }
                var left = used;
                for (var old : taken) {
                    left -= old.cost();
                    if (left + cost <= units) {
                        return old.at() + period - now;
                    }
                }
                return period;
            }
        };
    }

    /** So many calls at once; a refused one is told to come back in a second. */
    static SimulatedServer concurrent(int calls) {
        return new SimulatedServer() {
            private int running;

            @Override
            public double pass(double now, int cost) {
                if (running == calls) {
                    return 1;
                }
                running++;
                return 0;
            }

            @Override
            public void ended(int cost) {
                running--;
            }
        };
    }
}
