package dev.darkroom.emulator.gateway.openrouter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a model takes for one parameter, as its listing says. */
sealed interface Capability {

    /** Why a value is refused, in the router's words, or null if it is taken. */
    @Nullable
    String refusal(String value);

    static Capability read(JsonNode json) {
        return switch (json.path("type").asString()) {
            case "enum" ->
                new OneOf(json.path("values")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
            case "range" -> new Range(json.path("min").asInt(), json.path("max").asInt());
            default -> new AnyValue();
        };
    }

    /** One of several words. */
    record OneOf(List<String> values) implements Capability {
        @Override
        public @Nullable String refusal(String value) {
            return values.contains(value) ? null : "not supported. Accepted: " + String.join(", ", values);
        }
    }

    /** A whole number. */
    record Range(int min, int max) implements Capability {
        @Override
        public @Nullable String refusal(String value) {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return null;
            }
            return min == max ? "must be exactly " + min : "must be between " + min + " and " + max;
        }
    }

    /** Any value. */
    record AnyValue() implements Capability {
        @Override
        public @Nullable String refusal(String value) {
            return null;
        }
    }
}
