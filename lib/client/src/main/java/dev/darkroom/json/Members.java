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
        if (isObject()) {
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

    /** The elements of an array, without nulls; what is no array counts as the only one of it. */
    <T> List<T> list(Supplier<@Nullable T> element) {
        var list = new ArrayList<T>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                add(element, list);
            }
        } else {
            add(element, list);
        }
        return list;
    }

    private <T> void add(Supplier<@Nullable T> element, List<T> list) {
        var value = json.currentToken() == JsonToken.VALUE_NULL ? null : element.get();
        if (value != null) {
            list.add(value);
        }
    }

    boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    /** What an object holds; null, and passed over, if it is something else. */
    <T> @Nullable T object(Supplier<T> reading) {
        if (isObject()) {
            return reading.get();
        }
        skip();
        return null;
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

    /** A number; null where there is none, so that a slip beside a picture does not cost the picture. */
    @Nullable
    BigDecimal decimal() {
        if (json.currentToken().isNumeric()) {
            return json.getDecimalValue();
        }
        skip();
        return null;
    }

    /** A whole number; null where there is none of that size. */
    @Nullable
    Long whole() {
        var number = decimal();
        try {
            return number == null ? null : Long.valueOf(number.longValueExact());
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** A whole number; null where there is none of that size. */
    @Nullable
    Integer integer() {
        var number = whole();
        return number == null || number != number.intValue() ? null : Integer.valueOf(number.intValue());
    }

    /** The number of an image or of an attempt, from 0. */
    int index() {
        var number = integer();
        return number == null ? 0 : number;
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

    boolean isTrue() {
        skip();
        return json.currentToken() == JsonToken.VALUE_TRUE;
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
