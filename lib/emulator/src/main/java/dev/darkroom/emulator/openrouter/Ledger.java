package dev.darkroom.emulator.openrouter;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The generations of this emulator, for a later look: the last 10,000. Called from any thread. */
final class Ledger {

    private static final int KEPT = 10_000;
    private static final int ID_LENGTH = 20;
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final SplittableRandom random;
    private final Map<String, Generation> generations = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Generation> eldest) {
            return size() > KEPT;
        }
    };

    Ledger(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Opens a page; the id is {@code gen-img-<unix seconds>-<20 letters and digits>}. */
    synchronized Generation open(Order order, Instant at) {
        var id = new StringBuilder("gen-img-").append(at.getEpochSecond()).append('-');
        random.ints(ID_LENGTH, 0, LETTERS.length()).mapToObj(LETTERS::charAt).forEach(id::append);
        var generation = new Generation(id.toString(), order, at, null, false, 0);
        generations.put(generation.id(), generation);
        return generation;
    }

    synchronized void close(Generation generation, @Nullable Bill bill, boolean cancelled, Instant at) {
        long took = at.toEpochMilli() - generation.at().toEpochMilli();
        generations.replace(
                generation.id(),
                new Generation(generation.id(), generation.order(), generation.at(), bill, cancelled, took));
    }

    synchronized Optional<Generation> find(String id) {
        return Optional.ofNullable(generations.get(id));
    }
}
