package dev.darkroom.emulator.token360;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stored images of all keys: the last 10,000. Called from any thread. */
final class Shelf {

    private static final int KEPT = 10_000;

    private final Map<String, Stored> images = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stored> eldest) {
            return size() > KEPT;
        }
    };

    synchronized void put(Stored image) {
        images.put(image.id(), image);
    }

    /** A key's image, once it is settled. */
    synchronized Optional<Stored> find(String owner, String id, long now) {
        return Optional.ofNullable(images.get(id)).filter(image -> shown(image, owner, now));
    }

    /** A key's images, once they are settled, in order of creation. */
    synchronized List<Stored> of(String owner, long now, boolean newestFirst) {
        var list = new ArrayList<>(images.values().stream()
                .filter(image -> shown(image, owner, now))
                .toList());
        if (newestFirst) {
            Collections.reverse(list);
        }
        return list;
    }

    synchronized boolean remove(String owner, String id, long now) {
        return find(owner, id, now).map(image -> images.remove(image.id())).isPresent();
    }

    private static boolean shown(Stored image, String owner, long now) {
        return image.owner().equals(owner) && image.until() <= now;
    }
}
