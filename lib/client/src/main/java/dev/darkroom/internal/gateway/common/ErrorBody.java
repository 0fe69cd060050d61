package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import dev.darkroom.internal.json.PlainJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The error in a body, in any of its shapes: an object or a mere text under {@code error}, a list of them, lying flat, under
 * {@code detail}; a mere text instead of JSON; or none at all, when a load balancer answers with HTML. The one reader for all
 * gateways: what they add is in their {@link ErrorRules}.
 */
public final class ErrorBody {

    /** Where a word for what went wrong stands, the most telling first. */
    private static final List<List<String>> NAMES = List.of(
            List.of("error_type"),
            List.of("metadata", "error_type"),
            List.of("availability", "code"),
            List.of("code"),
            List.of("error_code"),
            List.of("metadata", "provider_error_code"),
            List.of("type"),
            List.of("reason"),
            List.of("name"),
            List.of("inner_error", "code"),
            List.of("innererror", "code"),
            List.of("status"));

    /** Members beside an error object that say what it is, where it does not itself. */
    private static final List<String> NAMES_BESIDE = List.of("error_type", "code", "error_code", "reason");

    private static final List<String> STATUSES = List.of("http_status", "http_code", "status_code", "status", "code");

    /** {@code "429"} for a code is a status, and an address is documentation; neither is a word. */
    private static final Pattern NO_WORD = Pattern.compile("[0-9]+|about:.*|\\w+://.*|error");

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");

    /** Members in which an error stands as an object. */
    private static final List<String> OBJECTS = List.of("error", "errors", "detail", "base_resp", "fault");

    /** Members which nothing but an error has. */
    private static final List<String> FAILED = List.of("error", "errors", "detail", "error_description", "fault");

    private static final int MOST_CHARACTERS = 8192;

    private final JsonNode body;
    private final JsonNode error;
    private final Function<JsonNode, @Nullable String> texts;

    private ErrorBody(JsonNode body, Function<JsonNode, @Nullable String> texts) {
        this.body = body.isArray() ? body.path(0) : body;
        this.error = error(this.body);
        this.texts = texts;
    }

    /** The error in the body of an answer without success. */
    static ErrorBody of(byte[] body) {
        return new ErrorBody(parse(body), ErrorBody::plain);
    }

    /** The error inside a 200. */
    static ErrorBody of(Payload payload) {
        var sentence = payload.plainText();
        return sentence == null
                ? of(payload, payload.json())
                : new ErrorBody(JsonNodeFactory.instance.stringNode(sentence), ErrorBody::plain);
    }

    /** An error that is made up. */
    static ErrorBody of(JsonNode body) {
        return new ErrorBody(body, ErrorBody::plain);
    }

    /** The error in a part of a 200. */
    static ErrorBody of(Payload payload, JsonNode node) {
        return new ErrorBody(node, payload::text);
    }

    /** What stands beside a text belongs to it, so then the body is the error. */
    private static JsonNode error(JsonNode body) {
        for (var name : OBJECTS) {
            var named = body.path(name);
            var node = named.isArray() ? named.path(0) : named;
            if (node.isObject()) {
                return node.path("error").isObject() ? node.path("error") : node;
            }
        }
        return body;
    }

    private static JsonNode parse(byte[] body) {
        try {
            return PlainJson.tree(body);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.stringNode(text(body));
        }
    }

    /** A body that is no JSON, as it is but not without end; markup is for browsers and says nothing. */
    private static String text(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            var markup = text.replace("\ufeff", "").stripLeading().startsWith("<");
            return markup ? "" : text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private static @Nullable String plain(JsonNode node) {
        return node.isString() ? node.stringValue() : null;
    }

    /** The error itself, or what may be one. */
    public JsonNode node() {
        return error;
    }

    /** All that came. */
    public JsonNode body() {
        return body;
    }

    /** Whether there is an object under {@code error} which says something; Google's front ends write one with a status too. */
    boolean isWrapped() {
        var wrapped = body.path("error");
        return wrapped.isObject()
                && (message() != null || isNamed())
                && !wrapped.path("status").isString();
    }

    /** Whether the error lies flat and gives a reason. */
    public boolean isFlat() {
        return body.path("reason").isString() && (body.has("code") || body.has("message"));
    }

    /** Whether there is a word, or at least a number, for what went wrong. */
    boolean isNamed() {
        return !words().isEmpty() || Fields.word(error, "code") != null;
    }

    /** Whether something without an image names an error, and is not just something else. */
    boolean isError() {
        var number = Fields.integer(body.path("base_resp"), "status_code");
        var isExplained = body.isObject()
                && !body.has("data")
                && !body.has("images")
                && (texts.apply(body.path("message")) != null || texts.apply(body.path("msg")) != null);
        return FAILED.stream().map(body::path).anyMatch(ErrorBody::isSaid)
                || isFlat()
                || (number != null && number != 0)
                || isExplained;
    }

    /** {@code null}, {@code ""}, <code>{}</code>, {@code []}, {@code false} and 0 say that there is none. */
    static boolean isSaid(JsonNode error) {
        return error.isContainer()
                ? !error.isEmpty()
                : error.isPojo() || !Set.of("", "false", "0").contains(error.asString(""));
    }

    /** A text of the error; null if it is none. */
    @Nullable
    public String text(JsonNode node) {
        return texts.apply(node);
    }

    /** The gateway's sentence, wherever it stands. */
    @Nullable
    public String message() {
        return new ErrorMessage(texts).of(body);
    }

    /** The status which an error inside a 200 would have had, a number or a number as text; 0 if it does not say. */
    int status() {
        return Stream.of(error, body)
                .flatMap(node -> STATUSES.stream().map(name -> Fields.integer(node, name)))
                .filter(Objects::nonNull)
                .mapToInt(number -> number >= 400 && number <= 599 ? number.intValue() : 0)
                .filter(status -> status > 0)
                .findFirst()
                .orElse(0);
    }

    /** What the error is called, the most telling name first. */
    public List<String> words() {
        var own = NAMES.stream().map(path -> word(error, path));
        var wordInstead = Stream.of(texts.apply(body.path("error")))
                .filter(text -> text != null && WORD.matcher(text).matches());
        var beside = NAMES_BESIDE.stream().map(name -> Fields.text(body, name));
        return Stream.of(own, wordInstead, beside)
                .flatMap(Function.identity())
                .filter(Objects::nonNull)
                .filter(word -> !NO_WORD.matcher(word).matches())
                .distinct()
                .toList();
    }

    private static @Nullable String word(JsonNode node, List<String> path) {
        var parent = path.size() > 1 ? node.path(path.get(0)) : node;
        return Fields.text(parent, path.get(path.size() - 1));
    }

    /** The gateway's word or number for it. */
    @Nullable
    String code() {
        return Stream.of(Fields.word(error, "code"), Fields.word(error, "status_code"), Fields.word(body, "code"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The code, or a word instead. */
    @Nullable
    String name() {
        var code = code();
        return code == null ? words().stream().findFirst().orElse(null) : code;
    }

    /** What was used all the same; a missing node if it does not say. */
    JsonNode usage() {
        return body.path("usage");
    }
}
