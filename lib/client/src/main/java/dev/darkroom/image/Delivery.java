package dev.darkroom.image;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a request is sent, as opposed to what is asked for.
 *
 * @param headers for this request alone
 * @param deadline how long the whole may take; null for no limit of its own
 */
record Delivery(Map<String, String> headers, @Nullable Duration deadline) {

    static final Delivery DEFAULT = new Delivery(Map.of(), null);

    Delivery header(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Delivery(Collections.unmodifiableMap(all), deadline);
    }

    Delivery deadline(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("deadline must be more than zero, not " + limit);
        }
        return new Delivery(headers, Objects.requireNonNull(limit, "deadline"));
    }
}
