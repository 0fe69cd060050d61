package dev.darkroom.internal.gateway.common;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads members of a JSON tree leniently: what is missing or of another kind than expected is null. */
public final class Fields {

    private static final Pattern UNSAFE_IN_URL = Pattern.compile("[ \"<>\\\\^`{|}]");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
    private static final int MOST_DIGITS = 100;
    /** No server takes a longer one; a signed one has two thousand. */
    private static final int LONGEST_URL = 65_536;

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    /** 9999-12-31T23:59:59Z. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private Fields() {}

    public static @Nullable String text(JsonNode parent, String name) {
        var node = parent.path(name);
        return node.isString() ? node.stringValue() : null;
    }

    /** A string or a number as text: error codes are both. */
    public static @Nullable String word(JsonNode parent, String name) {
        var node = parent.path(name);
        return node.isString() || node.isNumber() ? node.asString() : null;
    }

    /** An absolute http or https URL; characters which such a URL may not have, but is often sent with, are encoded. */
    public static @Nullable URI httpUrl(JsonNode node) {
        var text = node.isString() ? node.stringValue() : null;
        if (text == null
                || text.length() > LONGEST_URL
                || !(text.startsWith("https://") || text.startsWith("http://"))) {
            return null;
        }
        try {
            return new URI(UNSAFE_IN_URL
                    .matcher(text)
                    .replaceAll(c -> "%%%02X".formatted((int) c.group().charAt(0))));
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** A number, also one in a string; null if it is none, or none that can be counted with. */
    public static @Nullable BigDecimal number(JsonNode parent, String name) {
        return number(parent.path(name));
    }

    /** The same of the node itself. */
    public static @Nullable BigDecimal number(JsonNode node) {
        try {
            var number = node.isNumber()
                    ? node.decimalValue()
                    : NUMBER.matcher(node.asString("")).matches() ? new BigDecimal(node.stringValue()) : null;
            return number == null || Math.abs((long) number.precision() - number.scale()) > MOST_DIGITS ? null : number;
        } catch (JacksonException e) {
            return null;
        }
    }

    static @Nullable Long integer(JsonNode parent, String name) {
        var number = number(parent, name);
        return number == null || number.abs().compareTo(MOST) > 0 ? null : Long.valueOf(number.longValue());
    }

    /** Seconds since 1970; null for 0 and for what is no time. */
    public static @Nullable Instant instant(JsonNode parent, String name) {
        var seconds = integer(parent, name);
        return seconds == null || seconds <= 0 || seconds > LAST_SECOND ? null : Instant.ofEpochSecond(seconds);
    }

    public static boolean flag(JsonNode parent, String name) {
        var node = parent.path(name);
        return node.isBoolean() && node.booleanValue();
    }

    public static List<String> texts(JsonNode parent, String name) {
        var texts = new ArrayList<String>();
        for (JsonNode element : parent.path(name)) {
            if (element.isString()) {
                texts.add(element.stringValue());
            }
        }
        return texts;
    }

    /** An object's members as plain Java values; JSON nulls are left out. */
    public static Map<String, Object> map(JsonNode object) {
        var map = new LinkedHashMap<String, Object>();
        object.properties().forEach(member -> {
            var value = plain(member.getValue());
            if (value != null) {
                map.put(member.getKey(), value);
            }
        });
        return map;
    }

    private static @Nullable BigDecimal exact(JsonNode node) {
        try {
            return node.decimalValue();
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Object plain(JsonNode node) {
        if (node.isObject()) {
            return map(node);
        }
        if (node.isArray()) {
            var list = new ArrayList<Object>();
            for (JsonNode element : node) {
                var value = plain(element);
                if (value != null) {
                    list.add(value);
                }
            }
            return list;
        }
        if (node.isNumber()) {
            return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : exact(node);
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isString() ? node.stringValue() : null;
    }
}
