package dev.darkroom.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a routing as a person writes it: what it does not know, or cannot mean, is refused by its name. */
record RoutingFields(Map<String, @Nullable Object> fields) {

    private static final Set<String> KNOWN = Set.of("only", "order", "ignore", "allow_fallbacks", "sort", "options");

    RoutingFields {
        for (String name : fields.keySet()) {
            require(KNOWN.contains(name), "it has no '" + name + "', only " + new TreeSet<>(KNOWN));
        }
    }

    @Nullable
    String sort() {
        var sort = fields.get("sort");
        return sort instanceof Map<?, ?> both ? text("sort.by", both.get("by")) : text("sort", sort);
    }

    @Nullable
    String partition() {
        return fields.get("sort") instanceof Map<?, ?> both ? text("sort.partition", both.get("partition")) : null;
    }

    @Nullable
    List<String> tags(String name) {
        var value = fields.get(name);
        if (value == null) {
            return null;
        }
        require(value instanceof List<?>, name + " must be a list of texts");
        return ((List<?>) value).stream().map(tag -> required(name, tag)).toList();
    }

    private static String required(String name, @Nullable Object tag) {
        require(tag instanceof String, name + " must be a list of texts");
        return String.valueOf(tag);
    }

    @Nullable
    Boolean fallbacks() {
        var value = fields.get("allow_fallbacks");
        require(value == null || value instanceof Boolean, "allow_fallbacks must be true or false");
        return (Boolean) value;
    }

    private static @Nullable String text(String name, @Nullable Object value) {
        require(value == null || value instanceof String, name + " must be a text");
        return (String) value;
    }

    Map<String, Map<String, ?>> options() {
        var value = fields.get("options");
        require(value == null || value instanceof Map<?, ?>, "options must be objects by provider");
        var options = new LinkedHashMap<String, Map<String, ?>>();
        if (value instanceof Map<?, ?> bySlug) {
            bySlug.forEach((slug, one) -> {
                require(one instanceof Map<?, ?>, "options of " + slug + " must be an object");
                options.put(String.valueOf(slug), object(one));
            });
        }
        return options;
    }

    @SuppressWarnings("unchecked") // a JSON object has texts for names
    private static Map<String, ?> object(@Nullable Object value) {
        return (Map<String, ?>) Objects.requireNonNull(value);
    }

    private static void require(boolean rule, String fault) {
        if (!rule) {
            throw new IllegalArgumentException(fault);
        }
    }
}
