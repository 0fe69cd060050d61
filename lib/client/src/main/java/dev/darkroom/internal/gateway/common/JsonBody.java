package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.BodyPart;
import dev.darkroom.internal.json.PlainJson;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a JSON body in parts: what is small as text, images as parts of their own, so that no image ever becomes a
 * string or is held twice.
 */
public final class JsonBody {

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final JsonGenerator json = PlainJson.writer(text);
    private final List<BodyPart> parts = new ArrayList<>();

    public JsonBody() {
        json.writeStartObject();
    }

    /** Writes a member, unless its value is null. Values are strings, numbers, booleans, lists and maps of them. */
    public void member(String name, @Nullable Object value) {
        if (value != null) {
            explicit(name, value);
        }
    }

    /** Writes a member, if there is a value. */
    public void member(String name, Optional<?> value) {
        member(name, value.orElse(null));
    }

    /** Writes the text of an open value, unless there is none. */
    public void word(String name, @Nullable Object value) {
        member(name, value == null ? null : value.toString());
    }

    /** Writes a member, also a null one. */
    public void explicit(String name, @Nullable Object value) {
        json.writeName(name);
        PlainJson.write(json, value);
    }

    /** Writes one image as a member, in the form that the API has for it. */
    public void image(String name, ReferencePart image, Form form) {
        json.writeName(name);
        form.write(this, image);
    }

    /** Writes images as an array, each in the form that the API has for it. */
    public void images(String name, List<ReferencePart> images, Form form) {
        json.writeArrayPropertyStart(name);
        images.forEach(image -> form.write(this, image));
        json.writeEndArray();
    }

    /** Writes an object as a member; what it holds is written meanwhile. */
    public void object(String name, Runnable members) {
        json.writeObjectPropertyStart(name);
        members.run();
        json.writeEndObject();
    }

    /** Writes an array as a member; what it holds is written meanwhile. */
    public void array(String name, Runnable elements) {
        json.writeArrayPropertyStart(name);
        elements.run();
        json.writeEndArray();
    }

    /** Writes an object as an element of an array. */
    public void element(Runnable members) {
        json.writeStartObject();
        members.run();
        json.writeEndObject();
    }

    /** Writes an image as an element of an array. */
    public void element(ReferencePart image, Form form) {
        form.write(this, image);
    }

    /** Writes the bytes of an image as a member, base64 and nothing else; only of one that is no link. */
    public void base64(String name, ReferencePart reference) {
        json.writeName(name);
        json.writeRawValue("\"");
        cut();
        parts.add(Objects.requireNonNull(reference.image()));
        json.writeRaw('"');
    }

    /** How an API writes an image in JSON. */
    @FunctionalInterface
    public interface Form {

        /** {@code "https://…"}. */
        Form TEXT = JsonBody::url;

        /** {@code {"type":"image_url","image_url":{"url":"https://…"}}}. */
        Form TYPED = (body, image) -> {
            body.json.writeStartObject();
            body.json.writeStringProperty("type", "image_url");
            body.json.writeName("image_url");
            object("url").write(body, image);
            body.json.writeEndObject();
        };

        /** {@code {"member":"https://…"}}. */
        static Form object(String member) {
            return (body, image) -> {
                body.json.writeStartObject();
                body.json.writeName(member);
                body.url(image);
                body.json.writeEndObject();
            };
        }

        void write(JsonBody body, ReferencePart image);
    }

    private void url(ReferencePart reference) {
        var image = reference.image();
        if (image == null) {
            json.writeString(reference.url());
            return;
        }
        var opened = PlainJson.text(reference.url());
        json.writeRawValue(opened.substring(0, opened.length() - 1));
        cut();
        parts.add(image);
        json.writeRaw('"');
    }

    public List<BodyPart> finish() {
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
}
