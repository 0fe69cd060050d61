package dev.darkroom.emulator.gateway.openai;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.ReplyFormat;
import dev.darkroom.emulator.gateway.common.StreamEnding;
import dev.darkroom.emulator.server.Reply;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events and documents, field by field and in the order observed and recorded.
 *
 * @param request what was asked for
 * @param faults of single fields
 */
record ReplyJson(ImageRequest request, FieldFaults faults) implements ReplyFormat {

    /** The event of a rendered part; null for an image which is not coming while others are. */
    @Nullable
    Event event(RenderedPart part, long created) {
        if (part instanceof RenderedPart.Preview preview) {
            return event(
                    typed("partial_image")
                            .put("partial_image_index", preview.number())
                            .put("b64_json", base64(preview.file())),
                    created);
        }
        if (part instanceof RenderedPart.Finished finished) {
            return event(typed("completed").put("b64_json", base64(finished.file())), created);
        }
        return request.n() == 1 ? failure(part instanceof RenderedPart.Failed failed && failed.flagged()) : null;
    }

    StreamEnding ending() {
        var completed = request.kind() + ".completed";
        return new StreamEnding(
                event -> event.type().equals(completed),
                request.n(),
                false,
                limited -> limited ? limit() : failure(false),
                () -> event(
                        typed("partial_image").put("partial_image_index", 0).put("b64_json", base64(new byte[] {1, 2, 3
                        })),
                        0));
    }

    @Override
    public ObjectNode document(List<RenderedPart> parts, long created) {
        var images = parts.stream()
                .filter(RenderedPart.Finished.class::isInstance)
                .map(RenderedPart.Finished.class::cast)
                .toList();
        var json = Json.object().put("created", faults.created(created)).put("background", request.background());
        var data = json.putArray("data");
        images.forEach(image -> data.add(faults.fields(Json.object().put("b64_json", base64(image.file())))));
        json.put("output_format", format()).put("quality", request.quality()).put("size", size());
        if (faults.usage()) {
            json.set("usage", Usage.of(request, images.size(), 0).document());
        }
        return json;
    }

    @Override
    public Reply noImages(RenderedPart.Failed why) {
        var fault = why.flagged() ? Fault.MODERATION : Fault.SERVER_ERROR;
        return new FaultReplies(request.model().id(), ErrorContext.of(fault))
                .reply()
                .orElseThrow();
    }

    private Event event(ObjectNode json, long created) {
        json.put("created_at", faults.created(created));
        if (json.path("type").asString().endsWith("completed") && faults.usage()) {
            json.set("usage", Usage.of(request, 1, request.partials()).event());
        }
        json.put("size", size())
                .put("quality", request.quality())
                .put("background", request.background())
                .put("output_format", format());
        return new Event(json.path("type").asString(), Json.bytes(faults.fields(json)));
    }

    private static Event failure(boolean moderated) {
        return error(
                moderated
                        ? Errors.body(FaultReplies.FLAGGED, "image_generation_user_error", null, "moderation_blocked")
                        : Errors.body(
                                "Image generation failed",
                                "image_generation_server_error",
                                null,
                                "image_generation_failed"));
    }

    private Event limit() {
        return error(Errors.body(
                "Rate limit reached for " + request.model().id() + " on input-images per min. Please try again in 1s.",
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
        return Json.object().put("type", request.kind() + "." + type);
    }

    private String base64(byte[] file) {
        return faults.base64(file, request.format().mediaType());
    }

    private String format() {
        return request.format().mediaType().substring("image/".length());
    }

    private String size() {
        return request.size().toString();
    }
}
