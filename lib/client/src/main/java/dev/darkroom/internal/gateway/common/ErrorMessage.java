package dev.darkroom.internal.gateway.common;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the sentence in which a gateway explains an error: the first that exists under the names that gateways, their web
 * frameworks and <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a> have for it.
 *
 * @param texts the text of a node, lifted or not; null if it is none
 */
record ErrorMessage(Function<JsonNode, @Nullable String> texts) {

    private static final List<String> MEMBERS = List.of(
            "message",
            "Message",
            "detail",
            "error_description",
            "description",
            "msg",
            "error_message",
            "errorMessage",
            "error",
            "status_msg",
            "errors",
            "base_resp",
            "fault",
            "faultstring",
            "title");

    private static final int DEEPEST = 5;
    private static final int MOST = 16;

    /** The sentence in a body; null if there is none. */
    @Nullable
    String of(JsonNode body) {
        return of(body, 0);
    }

    private @Nullable String of(JsonNode node, int depth) {
        var text = texts.apply(node);
        if (text != null) {
            return text.isBlank() ? null : text;
        }
        if (depth > DEEPEST || !node.isContainer()) {
            return null;
        }
        return node.isArray() ? list(node, depth) : object(node, depth);
    }

    private @Nullable String object(JsonNode node, int depth) {
        var error = node.path("error").isContainer() ? of(node.path("error"), depth + 1) : null;
        if (error != null) {
            return error; // beside a text, which is often nothing but the status in words, the others tell more
        }
        return MEMBERS.stream()
                .map(name -> of(node.path(name), depth + 1))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String list(JsonNode node, int depth) {
        var all = Stream.iterate(0, i -> i + 1)
                .limit(Math.min(node.size(), MOST))
                .map(i -> of(node.path(i), depth + 1))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? null : all;
    }
}
