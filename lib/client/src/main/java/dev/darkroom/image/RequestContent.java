package dev.darkroom.image;

import dev.darkroom.internal.json.Ordered;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a request holds. Each value of an option is of its option's type, and nobody can change it any more: lists and maps are
 * copied to the bottom. All maps are in the order in which their keys were set first.
 *
 * @param model the gateway's id of it
 * @param prompt what to paint
 * @param options what is said beside the two
 * @param extras JSON values by their name on the wire
 * @param headers for this request alone
 * @param deadline how long the whole may take; null for no limit of its own
 */
record RequestContent(
        String model,
        String prompt,
        Map<ImageOption<?>, Object> options,
        Map<String, @Nullable Object> extras,
        Map<String, String> headers,
        @Nullable Duration deadline) {

    RequestContent {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(prompt, "prompt");
    }

    static RequestContent of(String model, String prompt) {
        return new RequestContent(model, prompt, Map.of(), Map.of(), Map.of(), null);
    }

    RequestContent model(String other) {
        return new RequestContent(other, prompt, options, extras, headers, deadline);
    }

    RequestContent prompt(String other) {
        return new RequestContent(model, other, options, extras, headers, deadline);
    }

    RequestContent with(ImageOption<?> option, @Nullable Object value) {
        return options(and(options, option, Objects.requireNonNull(Ordered.deepCopyOf(option.checked(value)))));
    }

    RequestContent without(ImageOption<?> option) {
        var rest = new LinkedHashMap<>(options);
        rest.remove(option);
        return options(Collections.unmodifiableMap(rest));
    }

    private RequestContent options(Map<ImageOption<?>, Object> all) {
        return new RequestContent(model, prompt, all, extras, headers, deadline);
    }

    RequestContent extra(String field, @Nullable Object value) {
        var all = new LinkedHashMap<>(extras);
        all.put(Objects.requireNonNull(field, "field"), Ordered.deepCopyOf(value));
        return new RequestContent(model, prompt, options, Collections.unmodifiableMap(all), headers, deadline);
    }

    RequestContent header(String name, String value) {
        return new RequestContent(model, prompt, options, extras, and(headers, name, value), deadline);
    }

    RequestContent deadline(Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("deadline must be more than zero, not " + limit);
        }
        return new RequestContent(model, prompt, options, extras, headers, limit);
    }

    private static <K, V> Map<K, V> and(Map<K, V> map, K key, V value) {
        var all = new LinkedHashMap<>(map);
        all.put(key, value);
        return Collections.unmodifiableMap(all);
    }

    <T> Optional<T> get(ImageOption<T> option) {
        return Optional.ofNullable(options.get(option)).map(option::cast);
    }

    <T> @Nullable T orNull(ImageOption<T> option) {
        return get(option).orElse(null);
    }

    OptionalInt integer(ImageOption<Integer> option) {
        var number = get(option);
        return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
    }

    OptionalLong number(ImageOption<Long> option) {
        var number = get(option);
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    /** Neither the prompt nor any value. */
    @Override
    public String toString() {
        return "[model=" + model + ", prompt of " + prompt.length() + " chars, options=" + options.keySet()
                + ", extras=" + extras.keySet() + "]";
    }
}
