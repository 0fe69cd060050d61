package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.desk.Ending;
import dev.darkroom.emulator.desk.Json;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.Shot;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.picture.Format;
import dev.darkroom.emulator.server.Frame.Event;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events and images, field by field as recorded.
 *
 * @param odd which fields shall be odd
 */
record Events(Odd odd) {

    private static final String PARTIAL = "image_generation.partial_image";
    private static final String TEXT = "image_generation.text_chunk";
    private static final String COMPLETED = "image_generation.completed";

    /** How a stream of so many images ends. */
    Ending ending(int images) {
        return new Ending(
                event -> event.type().equals(COMPLETED),
                images,
                true,
                Events::error,
                () -> partial(0, new byte[] {1, 2, 3}, Format.PNG));
    }

    Event partial(int index, byte[] image, Format format) {
        return event(typed(PARTIAL)
                .put("partial_image_index", index)
                .put("b64_json", odd.base64(image, format.mediaType())));
    }

    Event text(String phase, String text) {
        return event(typed(TEXT).put("phase", phase).put("text", text));
    }

    Event completed(Shot.Finished shot, long created, Bill bill) {
        var json = image(typed(COMPLETED), shot).put("created", odd.created(created));
        if (odd.usage()) {
            json.set("usage", bill.json());
        }
        return event(json);
    }

    /** The fields of a finished image. */
    ObjectNode image(ObjectNode json, Shot.Finished shot) {
        var mediaType = shot.print().format().mediaType();
        json.put("b64_json", odd.base64(shot.file(), mediaType));
        if (odd.fault() != Fault.NO_MEDIA_TYPE) {
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
        return new Event(json.path("type").asString(), Json.bytes(odd.fields(json)));
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }
}
