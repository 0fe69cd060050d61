package dev.darkroom.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code RateLimit} and {@code RateLimit-Policy} fields: structured-field lists of strings with parameters. What is
 * malformed is ignored whole, as the draft demands; parameters which we do not know are comments.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields for HTTP</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9651">RFC 9651, Structured Field Values</a>
 */
final class RateLimitField {

    private static final String STRING = "\"((?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*)\"";
    private static final String BARE = STRING
            + "|(-?[0-9]{1,15}(?:\\.[0-9]{1,3})?)|(:[A-Za-z0-9+/=]*:)|(\\?[01])|([A-Za-z*][!#$%&'*+.^_`|~:/0-9A-Za-z-]*)";
    private static final Pattern ITEM = Pattern.compile("[ \\t]*" + STRING);
    private static final Pattern PARAMETER = Pattern.compile(";[ ]*([a-z*][a-z0-9_.*-]*)(?:=(?:" + BARE + "))?");
    private static final Pattern NEXT = Pattern.compile("[ \\t]*(,|$)");

    private RateLimitField() {}

    /**
     * One policy.
     *
     * @param policy its name
     * @param parameters values as they stand in the field, strings without their quotation marks
     */
    record Item(String policy, Map<String, String> parameters) {

        /** A whole number that is not negative; null if the parameter is missing or is none. */
        @Nullable
        Long number(String parameter) {
            var value = parameters.get(parameter);
            return value != null && value.matches("[0-9]{1,15}") ? Long.valueOf(value) : null;
        }
    }

    /** The items of a field; none if it is malformed. */
    static List<Item> parse(String field) {
        var items = new ArrayList<Item>();
        var at = 0;
        while (at < field.length() || items.isEmpty()) {
            var item = matcher(ITEM, field, at);
            if (!item.lookingAt()) {
                return List.of();
            }
            at = item.end();
            var parameters = new LinkedHashMap<String, String>();
            for (var next = matcher(PARAMETER, field, at); next.lookingAt(); next = matcher(PARAMETER, field, at)) {
                parameters.put(next.group(1), value(next));
                at = next.end();
            }
            items.add(new Item(unescaped(item.group(1)), parameters));
            var separator = matcher(NEXT, field, at);
            if (!separator.lookingAt()) {
                return List.of();
            }
            at = separator.end();
            if (separator.group(1).equals(",") && field.substring(at).isBlank()) {
                return List.of(); // a comma with nothing behind it
            }
        }
        return items;
    }

    private static Matcher matcher(Pattern pattern, String field, int from) {
        return pattern.matcher(field).region(from, field.length());
    }

    private static String value(Matcher parameter) {
        if (parameter.group(2) != null) {
            return unescaped(parameter.group(2));
        }
        for (int group = 3; group <= 6; group++) {
            if (parameter.group(group) != null) {
                return parameter.group(group);
            }
        }
        return "?1"; // a parameter without a value is true
    }

    private static String unescaped(String string) {
        return string.replaceAll("\\\\(.)", "$1");
    }
}
