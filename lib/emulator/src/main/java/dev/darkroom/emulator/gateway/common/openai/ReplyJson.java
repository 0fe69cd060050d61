package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.fault.Fault;
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
 * @param words how the API says that something failed
 * @param faults of single fields
 */
record ReplyJson(ImageRequest request, Words words, FieldFaults faults) implements ReplyFormat {

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
        return request.n() == 1 && part instanceof RenderedPart.Failed failed ? failure(why(failed)) : null;
    }

    StreamEnding ending() {
        var completed = request.kind() + ".completed";
        return new StreamEnding(
                event -> event.type().equals(completed),
                request.n(),
                false,
                limited -> failure(limited ? Fault.RATE_LIMIT : Fault.SERVER_ERROR),
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
        var picture = request.picture();
        var json = Json.object().put("created", faults.created(created)).put("background", picture.background());
        var data = json.putArray("data");
        images.forEach(image -> data.add(faults.fields(image(image))));
        json.put("output_format", picture.outputFormat())
                .put("quality", picture.quality())
                .put("size", picture.size().toString());
        if (request.safetyIdentifier() != null) {
            json.put("safety_identifier", request.safetyIdentifier());
        }
        if (faults.usage()) {
            json.set("usage", usage(images.size(), 0).document());
            if (!picture.author().isEmpty()) {
                json.set("svg_usage", Usage.ofMarkup(picture.author(), request.prompt(), markup(images)));
            }
        }
        return json;
    }

    @Override
    public Reply noImages(RenderedPart.Failed failed) {
        return words.nothingMade(request.model(), why(failed));
    }

    Event failure(Fault why) {
        var json = Json.object().put("type", "error");
        json.set("error", words.failure(request.model(), why));
        return new Event("error", Json.bytes(json));
    }

    private static Fault why(RenderedPart.Failed failed) {
        return failed.flagged() ? Fault.MODERATION : Fault.SERVER_ERROR;
    }

    private ObjectNode image(RenderedPart.Finished finished) {
        var json = Json.object().put("b64_json", base64(finished.file()));
        return request.picture().model().revises() ? json.put("revised_prompt", Model.revised(request.prompt())) : json;
    }

    private static long markup(List<RenderedPart.Finished> images) {
        return images.stream().mapToLong(image -> image.file().length).sum();
    }

    private Event event(ObjectNode json, long created) {
        var picture = request.picture();
        json.put("created_at", faults.created(created));
        boolean completed = json.path("type").asString().endsWith("completed");
        if (completed && faults.usage()) {
            json.set("usage", usage(1, request.partials()).event());
        }
        json.put("size", picture.size().toString())
                .put("quality", picture.quality())
                .put("background", picture.background())
                .put("output_format", picture.outputFormat());
        if (completed && request.safetyIdentifier() != null) {
            json.put("safety_identifier", request.safetyIdentifier());
        }
        return new Event(json.path("type").asString(), Json.bytes(faults.fields(json)));
    }

    private Usage usage(int images, int partials) {
        return Usage.of(
                request.picture(), request.prompt(), request.references().size(), images, partials);
    }

    private ObjectNode typed(String type) {
        return Json.object().put("type", request.kind() + "." + type);
    }

    private String base64(byte[] file) {
        return faults.base64(file, request.picture().format().mediaType());
    }
}
