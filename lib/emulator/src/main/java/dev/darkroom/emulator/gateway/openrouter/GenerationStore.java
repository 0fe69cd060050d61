package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.gateway.common.IdGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The generations of this emulator, for a later look: the last 10,000. Called from any thread. */
final class GenerationStore {

    private static final int KEPT = 10_000;
    private static final int ID_LENGTH = 20;

    private final IdGenerator ids;
    private final Duration delay;
    private final Map<String, Generation> generations = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Generation> eldest) {
            return size() > KEPT;
        }
    };

    GenerationStore(long seed, Duration delay) {
        this.delay = delay;
        ids = new IdGenerator(seed);
    }

    /** Opens a page; the id is {@code gen-img-<unix seconds>-<20 letters and digits>}. */
    synchronized Generation open(ImageRequest request, Instant at) {
        var id = "gen-img-" + at.getEpochSecond() + "-" + ids.letters(ID_LENGTH);
        var generation = new Generation(id, request, at, null, false, null);
        generations.put(generation.id(), generation);
        return generation;
    }

    synchronized void close(Generation generation, @Nullable UsageAndCost usage, boolean cancelled, Instant at) {
        generations.replace(
                generation.id(),
                new Generation(generation.id(), generation.request(), generation.at(), usage, cancelled, at));
    }

    /** The generation of an id, if it ended long enough ago to be known. */
    synchronized Optional<Generation> find(String id, Instant now) {
        return Optional.ofNullable(generations.get(id)).filter(generation -> generation.isKnown(now, delay));
    }
}
