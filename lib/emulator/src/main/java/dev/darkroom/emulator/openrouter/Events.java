package dev.darkroom.emulator.openrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Frame.Event;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events and images, field by field as recorded, with the faults which concern single fields.
 *
 * @param fault what shall be odd
 */
record Events(Fault fault) {

    static final String PARTIAL = "image_generation.partial_image";
    static final String TEXT = "image_generation.text_chunk";
    static final String COMPLETED = "image_generation.completed";

    Event partial(int index, byte[] image, Format format) {
        return event(typed(PARTIAL).put("partial_image_index", index).put("b64_json", base64(image, format)));
    }

    Event text(String phase, String text) {
        return event(typed(TEXT).put("phase", phase).put("text", text));
    }

    Event completed(byte[] image, Format format, long created, Bill bill) {
        var json = image(typed(COMPLETED), image, format).put("created", created(created));
        if (fault != Fault.NO_USAGE) {
            json.set("usage", bill.json());
        }
        return event(json);
    }

    static Event error(String code, String message) {
        var json = typed("error");
        json.putObject("error").put("message", message).put("code", code);
        return new Event("error", Json.bytes(json));
    }

    static Event unknown() {
        var json = typed("image_generation.moderation_pending").put("progress", 0.5);
        return new Event(json.path("type").asString(), Json.bytes(json));
    }

    /** The fields of a finished image. */
    ObjectNode image(ObjectNode json, byte[] image, Format format) {
        json.put("b64_json", base64(image, format));
        if (fault != Fault.NO_MEDIA_TYPE) {
            json.put("media_type", format.mediaType());
        }
        return json;
    }

    long created(long seconds) {
        return fault == Fault.CREATED_ZERO ? 0 : seconds;
    }

    ObjectNode odd(ObjectNode json) {
        if (fault == Fault.UNKNOWN_FIELDS) {
            json.put("watermark", "none")
                    .putObject("telemetry")
                    .put("steps", 28)
                    .putArray("nodes")
                    .add("a");
        }
        return json;
    }

    private Event event(ObjectNode json) {
        return new Event(json.path("type").asString(), Json.bytes(odd(json)));
    }

    private String base64(byte[] image, Format format) {
        var text = new String(Base64.getEncoder().encode(image), UTF_8);
        return fault == Fault.DATA_URL ? "data:" + format.mediaType() + ";base64," + text : text;
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
