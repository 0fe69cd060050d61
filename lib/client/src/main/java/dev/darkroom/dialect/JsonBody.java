package dev.darkroom.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a JSON body in parts: what is small as text, images as parts of their own, so that no image ever becomes a
 * string or is held twice.
 */
final class JsonBody {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final JsonGenerator json = MAPPER.createGenerator(text);
    private final List<BodyPart> parts = new ArrayList<>();

    JsonBody() {
        json.writeStartObject();
    }

    /** Writes a member, unless its value is null. Values are strings, numbers, booleans, lists and maps of them. */
    void member(String name, @Nullable Object value) {
        if (value != null) {
            explicit(name, value);
        }
    }

    /** Writes a member, also a null one. */
    void explicit(String name, @Nullable Object value) {
        json.writeName(name);
        MAPPER.writeValue(json, value);
    }

    /** Writes an array of {@code {"type":"image_url","image_url":{"url":…}}}, the images apart from the text. */
    void imageUrls(String name, List<ReferencePart> references) {
        json.writeArrayPropertyStart(name);
        for (ReferencePart reference : references) {
            json.writeStartObject();
            json.writeStringProperty("type", "image_url");
            json.writeObjectPropertyStart("image_url");
            json.writeName("url");
            url(reference);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void url(ReferencePart reference) {
        var image = reference.image();
        if (image == null) {
            json.writeString(reference.url());
            return;
        }
        var opened = MAPPER.writeValueAsString(reference.url());
        json.writeRawValue(opened.substring(0, opened.length() - 1));
        cut();
        parts.add(image);
        json.writeRaw('"');
    }

    List<BodyPart> finish() {
        json.writeEndObject();
        cut();
        json.close();
        return parts;
    }

    private void cut() {
        json.flush();
        parts.add(new BodyPart.Literal(ByteBuffer.wrap(text.toByteArray())));
        text.reset();
    }

    /** Whether Jackson can write every value in it. */
    static boolean isWritable(Map<String, ? extends @Nullable Object> values) {
        try {
            MAPPER.writeValueAsBytes(values);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }
}
