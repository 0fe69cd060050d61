package dev.darkroom.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;

/** Walks an object or an array, and reads plain values. Each reading begins at the first token of its value and ends at the last. */
record Members(JsonParser json, DeserializationContext context) {

    /**
     * Hands on the name of each member, with the parser at its value; nulls are as good as absent.
     *
     * @param member reads the value, or passes over it
     */
    void each(Consumer<String> member) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            json.nextToken();
        } else if (json.currentToken() != JsonToken.PROPERTY_NAME && json.currentToken() != JsonToken.END_OBJECT) {
            context.reportWrongTokenException(Map.class, JsonToken.START_OBJECT, "an object is expected here");
        }
        while (json.currentToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                member.accept(name);
            }
            json.nextToken();
        }
    }

    /** The elements of an array, without nulls. */
    <T> List<T> list(Supplier<@Nullable T> element) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            context.reportWrongTokenException(List.class, JsonToken.START_ARRAY, "an array is expected here");
        }
        var list = new ArrayList<T>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            var value = json.currentToken() == JsonToken.VALUE_NULL ? null : element.get();
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    void skip() {
        json.skipChildren();
    }

    @Nullable
    String text() {
        if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
            return json.getString();
        }
        skip();
        return null;
    }

    /** A text, which is empty where there is none. */
    String string() {
        var text = text();
        return text == null ? "" : text;
    }

    /** An instant, or null where the text is none. */
    @Nullable
    Instant instant() {
        try {
            return Instant.parse(string());
        } catch (DateTimeException e) {
            return null;
        }
    }

    Map<String, @Nullable Object> map() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        each(name -> map.put(name, plain()));
        return map;
    }

    /** Any value: whole numbers as {@code Long}, where they are not too large for it, others as {@code BigDecimal}. */
    private @Nullable Object plain() {
        var token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return map();
        }
        if (token == JsonToken.START_ARRAY) {
            return list(this::plain);
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? (Object) new BigDecimal(json.getBigIntegerValue())
                    : Long.valueOf(json.getLongValue());
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return json.getDecimalValue();
        }
        return token.isBoolean() ? (Object) json.getBooleanValue() : text();
    }
}
