package dev.darkroom.emulator.gateway.token360;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stored images of all keys: the last 10,000. Called from any thread. */
final class ImageStore {

    private static final int KEPT = 10_000;

    private final Map<String, StoredImage> images = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StoredImage> eldest) {
            return size() > KEPT;
        }
    };

    synchronized void put(StoredImage image) {
        images.put(image.id(), image);
    }

    /** A key's image, once it is settled. */
    synchronized Optional<StoredImage> find(String owner, String id, long now) {
        return Optional.ofNullable(images.get(id)).filter(image -> shown(image, owner, now));
    }

    /** A key's images, once they are settled, in order of creation. */
    synchronized List<StoredImage> of(String owner, long now, boolean newestFirst) {
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

    private static boolean shown(StoredImage image, String owner, long now) {
        return image.owner().equals(owner) && image.until() <= now;
    }
}
