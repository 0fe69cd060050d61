package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.StreamEnding;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.SseFrame.Event;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events and images, field by field as recorded.
 *
 * @param faults of single fields
 */
record Events(FieldFaults faults) {

    private static final String PARTIAL = "image_generation.partial_image";
    private static final String TEXT = "image_generation.text_chunk";
    private static final String COMPLETED = "image_generation.completed";

    /** How a stream of so many images ends. */
    StreamEnding ending(int images) {
        return new StreamEnding(
                event -> event.type().equals(COMPLETED),
                images,
                true,
                Events::error,
                () -> partial(0, new byte[] {1, 2, 3}, Format.PNG));
    }

    Event partial(int index, byte[] image, Format format) {
        return event(typed(PARTIAL)
                .put("partial_image_index", index)
                .put("b64_json", faults.base64(image, format.mediaType())));
    }

    Event text(String phase, String text) {
        return event(typed(TEXT).put("phase", phase).put("text", text));
    }

    Event completed(RenderedPart.Finished part, long created, UsageAndCost usage) {
        var json = image(typed(COMPLETED), part).put("created", faults.created(created));
        if (faults.usage()) {
            json.set("usage", usage.json());
        }
        return event(json);
    }

    /** The fields of a finished image. */
    ObjectNode image(ObjectNode json, RenderedPart.Finished part) {
        var mediaType = part.picture().format().mediaType();
        json.put("b64_json", faults.base64(part.file(), mediaType));
        if (faults.fault() != Fault.NO_MEDIA_TYPE) {
            json.put("media_type", mediaType);
        }
        return json;
    }

    static Event error(boolean limited) {
        var json = typed("error");
        json.putObject("error")
                .put("message", limited ? "Rate limit exceeded" : "Generation failed")
                .put("code", limited ? "rate_limit_exceeded" : "server_error");
        return new Event("error", Json.bytes(json));
    }

    private Event event(ObjectNode json) {
        return new Event(json.path("type").asString(), Json.bytes(faults.fields(json)));
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
