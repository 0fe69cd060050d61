package dev.darkroom.emulator.gateway.common.responses;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The responses which are kept, for a later look: the last 1,000, and no more than 256 MB of them. Called from any thread. */
final class ResponseStore {

    private static final int KEPT = 1000;
    private static final long MOST_BYTES = 256L << 20;

    private final Map<String, StoredResponse> responses = new LinkedHashMap<>();

    synchronized void add(StoredResponse response) {
        responses.put(response.id(), response);
        var eldest = responses.values().iterator();
        long bytes =
                responses.values().stream().mapToLong(StoredResponse::bytes).sum();
        for (int size = responses.size(); size > KEPT || (bytes > MOST_BYTES && size > 1); size--) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }

    synchronized Optional<StoredResponse> find(String id) {
        return Optional.ofNullable(responses.get(id));
    }

    synchronized Optional<StoredResponse> remove(String id) {
        return Optional.ofNullable(responses.remove(id));
    }

    /** The picture of an item. */
    synchronized Optional<byte[]> image(String item) {
        return responses.values().stream()
                .flatMap(response -> response.image(item).stream())
                .findFirst();
    }
}
