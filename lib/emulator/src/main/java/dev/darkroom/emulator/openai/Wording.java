package dev.darkroom.emulator.openai;

import dev.darkroom.emulator.desk.Ending;
import dev.darkroom.emulator.desk.Json;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.Report;
import dev.darkroom.emulator.desk.Shot;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Frame.Event;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events and documents, field by field and in the order observed and recorded.
 *
 * @param order what was asked for
 * @param odd which fields shall be odd
 */
record Wording(Order order, Odd odd) implements Report {

    /** The event of a shot; null for an image which is not coming while others are. */
    @Nullable
    Event event(Shot shot, long created) {
        if (shot instanceof Shot.Preview preview) {
            return event(
                    typed("partial_image")
                            .put("partial_image_index", preview.number())
                            .put("b64_json", base64(preview.file())),
                    created);
        }
        if (shot instanceof Shot.Finished finished) {
            return event(typed("completed").put("b64_json", base64(finished.file())), created);
        }
        return order.n() == 1 ? failure(shot instanceof Shot.Missing missing && missing.flagged()) : null;
    }

    Ending ending() {
        var completed = order.kind() + ".completed";
        return new Ending(
                event -> event.type().equals(completed),
                order.n(),
                false,
                limited -> limited ? limit() : failure(false),
                () -> event(
                        typed("partial_image").put("partial_image_index", 0).put("b64_json", base64(new byte[] {1, 2, 3
                        })),
                        0));
    }

    @Override
    public ObjectNode document(List<Shot> shots, long created) {
        var images = shots.stream()
                .filter(Shot.Finished.class::isInstance)
                .map(Shot.Finished.class::cast)
                .toList();
        var json = Json.object().put("created", odd.created(created)).put("background", order.background());
        var data = json.putArray("data");
        images.forEach(image -> data.add(odd.fields(Json.object().put("b64_json", base64(image.file())))));
        json.put("output_format", format()).put("quality", order.quality()).put("size", size());
        if (odd.usage()) {
            json.set("usage", Usage.of(order, images.size(), 0).document());
        }
        return json;
    }

    @Override
    public Reply nothing(Shot.Missing why) {
        var fault = why.flagged() ? Fault.MODERATION : Fault.SERVER_ERROR;
        return new Refusals(order.model().id(), Trouble.of(fault)).reply().orElseThrow();
    }

    private Event event(ObjectNode json, long created) {
        json.put("created_at", odd.created(created));
        if (json.path("type").asString().endsWith("completed") && odd.usage()) {
            json.set("usage", Usage.of(order, 1, order.partials()).event());
        }
        json.put("size", size())
                .put("quality", order.quality())
                .put("background", order.background())
                .put("output_format", format());
        return new Event(json.path("type").asString(), Json.bytes(odd.fields(json)));
    }

    private static Event failure(boolean moderated) {
        return error(
                moderated
                        ? Errors.body(Refusals.FLAGGED, "image_generation_user_error", null, "moderation_blocked")
                        : Errors.body(
                                "Image generation failed",
                                "image_generation_server_error",
                                null,
                                "image_generation_failed"));
    }

    private Event limit() {
        return error(Errors.body(
                "Rate limit reached for " + order.model().id() + " on input-images per min. Please try again in 1s.",
                "input-images",
                null,
                "rate_limit_exceeded"));
    }

    private static Event error(ObjectNode body) {
        var json = Json.object().put("type", "error");
        json.set("error", body);
        return new Event("error", Json.bytes(json));
    }

    private ObjectNode typed(String type) {
        return Json.object().put("type", order.kind() + "." + type);
    }

    private String base64(byte[] file) {
        return odd.base64(file, order.format().mediaType());
    }

    private String format() {
        return order.format().mediaType().substring("image/".length());
    }

    private String size() {
        return order.size().toString();
    }
}
