package dev.darkroom.dialect;

import dev.darkroom.wire.Payload;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * The error in a body, in any of its shapes: an object or a mere text under {@code error}, or lying flat; or none at all,
 * when a load balancer answers with HTML.
 */
final class ErrorBody {

    /** The names under which gateways put a word for what went wrong, the most telling first. */
    private static final List<String> NAMES = List.of("error_type", "code", "type", "reason", "name");

    /** {@code "429"} for a code is a status and no word. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final JsonNode body;
    private final JsonNode error;
    private final Function<JsonNode, @Nullable String> texts;

    private ErrorBody(JsonNode body, Function<JsonNode, @Nullable String> texts) {
        this.body = body;
        this.error = error(body);
        this.texts = texts;
    }

    /** The error in the body of an answer without success. */
    static ErrorBody of(byte[] body) {
        return new ErrorBody(parse(body), ErrorBody::plain);
    }

    /** The error inside a 200. */
    static ErrorBody of(Payload payload) {
        return new ErrorBody(payload.json(), payload::text);
    }

    private static JsonNode error(JsonNode body) {
        var error = body.path("error");
        if (error.isString()) {
            return JsonNodeFactory.instance.objectNode().set("message", error);
        }
        return error.isObject() || !body.isObject() ? error : body;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance(); // the status must do
        }
    }

    private static @Nullable String plain(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    /** The error itself; a missing node if there is none. */
    JsonNode node() {
        return error;
    }

    /** Whether it is the gateway that speaks, and not what stands before it. */
    boolean isSpoken() {
        return error.isObject() && !error.isEmpty();
    }

    /** A text of the error; null if it is none. */
    @Nullable
    String text(JsonNode node) {
        return texts.apply(node);
    }

    @Nullable
    String message() {
        return text(error.path("message"));
    }

    /** The status which an error inside a 200 would have had, a number or a number as text; 0 if it does not say. */
    int status() {
        for (String name : List.of("http_status", "http_code", "code")) {
            var number = Fields.integer(error, name);
            if (number != null && number >= 100 && number <= 599) {
                return number.intValue();
            }
        }
        return 0;
    }

    List<String> words() {
        return words(NAMES.stream().map(name -> Fields.text(error, name)));
    }

    static List<String> words(Stream<@Nullable String> candidates) {
        return candidates
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(word -> !NUMBER.matcher(word).matches())
                .toList();
    }

    /** What was used all the same; a missing node if it does not say. */
    JsonNode usage() {
        return body.path("usage");
    }

    /** The error as it stands. The body knows the handle better than the head. */
    Failure failure(Origin origin, int status) {
        var id = Fields.text(body, "request_id");
        var told = id == null ? origin : origin.withGenerationId(id);
        return new Failure(told, status, words(), Fields.word(error, "code"), message());
    }
}
