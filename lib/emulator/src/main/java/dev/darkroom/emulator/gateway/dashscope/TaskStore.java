package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.IdGenerator;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tasks of all keys: the last 10,000. Called from any thread. */
final class TaskStore {

    private static final int KEPT = 10_000;

    private final Map<String, Task> tasks = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Task> eldest) {
            return size() > KEPT;
        }
    };

    synchronized void put(Task task) {
        tasks.put(task.id(), task);
    }

    synchronized Optional<Task> find(String id, String key, Instant now) {
        return Optional.ofNullable(tasks.get(id)).filter(task -> task.isKnownTo(key, now));
    }

    /** An id as tasks and requests have them. */
    static String id(IdGenerator ids) {
        return ids.hex(8) + "-" + ids.hex(4) + "-" + ids.hex(4) + "-" + ids.hex(4) + "-" + ids.hex(12);
    }
}
