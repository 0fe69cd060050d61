package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.ErrorReplyException;
import dev.darkroom.emulator.gateway.common.RequestFields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Fields whose names are taken in camel and in snake case, as Google's JSON reader takes them.
 *
 * @param fields the fields as they came
 */
record Names(RequestFields fields) {

    boolean has(String name) {
        return fields.has(spelled(name));
    }

    List<JsonNode> items(String name) {
        return fields.items(spelled(name));
    }

    List<String> texts(String name) {
        return fields.texts(spelled(name));
    }

    Optional<String> text(String name) {
        return fields.text(spelled(name));
    }

    Optional<Long> number(String name) {
        return fields.number(spelled(name));
    }

    Optional<Integer> integer(String name, int min, int max) {
        return fields.integer(spelled(name), min, max);
    }

    boolean flag(String name) {
        return fields.flag(spelled(name));
    }

    Optional<Names> object(String name) {
        return fields.object(spelled(name)).map(Names::new);
    }

    /** Refuses a field nobody knows, in the reader's words. */
    void onlyKnows(String place, List<String> known) {
        for (var name : fields.names()) {
            if (!known.contains(camel(name))) {
                var where = place.isEmpty() ? "" : " at '" + place + "'";
                throw new ErrorReplyException(Errors.badField(
                        place,
                        "Invalid JSON payload received. Unknown name \"" + name + "\"" + where
                                + ": Cannot find field."));
            }
        }
    }

    private String spelled(String camel) {
        return fields.names().contains(camel) ? camel : snake(camel);
    }

    static String snake(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static String camel(String name) {
        var camel = new StringBuilder();
        for (var word : name.split("_", -1)) {
            camel.append(
                    camel.isEmpty() || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}
