package dev.darkroom.dialect;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads members of a JSON tree leniently: what is missing or of another kind than expected is null. */
final class Fields {

    private Fields() {}

    static @Nullable String text(JsonNode parent, String name) {
        var node = parent.path(name);
        return node.isString() ? node.stringValue() : null;
    }

    /** A string or a number as text: error codes are both. */
    static @Nullable String word(JsonNode parent, String name) {
        var node = parent.path(name);
        return node.isString() || node.isNumber() ? node.asString() : null;
    }

    /** An absolute http or https URL. */
    static @Nullable URI httpUrl(JsonNode parent, String name) {
        var text = text(parent, name);
        if (text == null || !(text.startsWith("https://") || text.startsWith("http://"))) {
            return null;
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static @Nullable BigDecimal number(JsonNode parent, String name) {
        var node = parent.path(name);
        return node.isNumber() ? node.decimalValue() : null;
    }

    static @Nullable Long integer(JsonNode parent, String name) {
        var node = parent.path(name);
        return node.isNumber() && node.canConvertToLong() ? Long.valueOf(node.longValue()) : null;
    }

    static boolean flag(JsonNode parent, String name) {
        var node = parent.path(name);
        return node.isBoolean() && node.booleanValue();
    }

    static List<String> texts(JsonNode parent, String name) {
        var texts = new ArrayList<String>();
        for (JsonNode element : parent.path(name)) {
            if (element.isString()) {
                texts.add(element.stringValue());
            }
        }
        return texts;
    }

    /** An object's members as plain Java values; JSON nulls are left out. */
    static Map<String, Object> map(JsonNode object) {
        var map = new LinkedHashMap<String, Object>();
        object.properties().forEach(member -> {
            var value = plain(member.getValue());
            if (value != null) {
                map.put(member.getKey(), value);
            }
        });
        return map;
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
            return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node.decimalValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isString() ? node.stringValue() : null;
    }
}
