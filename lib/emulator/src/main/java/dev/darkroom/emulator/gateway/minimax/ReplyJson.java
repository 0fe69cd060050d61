package dev.darkroom.emulator.gateway.minimax;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.RenderJob;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.ReplyFormat;
import dev.darkroom.emulator.gateway.common.StreamEnding;
import dev.darkroom.emulator.server.Reply;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events and documents. Its docs name the fields of {@code partial_succeeded} by their meaning, and those of
 * {@code usage} not at all: {@code created}, {@code size} and the parts of {@code usage} are spelt as Ark spells them.
 *
 * @param request what was asked for
 * @param job its pictures
 * @param pictures where their URLs lead to
 * @param faults of single fields
 */
record ReplyJson(ImageRequest request, RenderJob job, PictureStore pictures, FieldFaults faults)
        implements ReplyFormat.Streaming {

    private static final Duration LIFETIME = Duration.ofHours(24);

    @Override
    public ObjectNode document(List<RenderedPart> parts, long created) {
        var json = Json.object().put("created", faults.created(created)).put("model", request.model());
        var data = json.putArray("data");
        parts.stream()
                .sorted(Comparator.comparingInt(RenderedPart::image))
                .forEach(part -> data.add(faults.fields(image(Json.object(), part))));
        return finished(json);
    }

    @Override
    public Reply noImages(RenderedPart.Failed why) {
        return why.flagged() ? Errors.reply(422, Errors.flagged()) : Errors.reply(500, Errors.failed());
    }

    @Override
    public Event event(RenderedPart part, long created) {
        boolean made = part instanceof RenderedPart.Finished;
        return event(image(
                head(made ? "partial_succeeded" : "partial_failed", created).put("image_index", part.image()), part));
    }

    /** The end: a summary; or an error if nothing was made. */
    @Override
    public Event summary(int made, long created) {
        if (made == 0) {
            return failure(job.call().fault().is(Fault.IMAGES_STOPPED) ? Errors.failed() : Errors.flagged());
        }
        return event(finished(head("completed", created)));
    }

    @Override
    public StreamEnding ending() {
        var completed = request.kind() + ".completed";
        return new StreamEnding(
                event -> event.type().equals(completed),
                1,
                false,
                limited -> failure(limited ? Errors.limited() : Errors.failed()),
                () -> event(head("partial_succeeded", 0)
                        .put("image_index", 0)
                        .put("url", "https://example.org/late.png")
                        .put("size", request.size().toString())));
    }

    private ObjectNode image(ObjectNode json, RenderedPart part) {
        if (!(part instanceof RenderedPart.Finished finished)) {
            boolean flagged = part instanceof RenderedPart.Failed failed && failed.flagged();
            json.set("error", flagged ? Errors.flagged() : Errors.failed());
            return json;
        }
        if (request.base64()) {
            json.put("b64_json", faults.base64(finished.file(), request.format().mediaType()));
        } else {
            json.put("url", pictures.url(job.call(), finished.picture(), LIFETIME));
        }
        return json.put("size", request.size().toString());
    }

    /** Both ends of a stream, and a document, carry the usage and the request's id. */
    private ObjectNode finished(ObjectNode json) {
        if (faults.usage()) {
            int made = job.call().imageCounter().counts().made();
            long input = request.inputTokens();
            long output = request.outputTokens(made);
            json.putObject("usage")
                    .put("generated_images", made)
                    .put("input_tokens", input)
                    .put("output_tokens", output)
                    .put("total_tokens", input + output);
        }
        return json.put("request_id", Errors.REQUEST_ID);
    }

    private Event failure(ObjectNode error) {
        var json = Json.object().put("type", "error");
        json.set("error", error);
        return event(finished(json));
    }

    private ObjectNode head(String type, long created) {
        return Json.object()
                .put("type", request.kind() + "." + type)
                .put("created", faults.created(created))
                .put("model", request.model());
    }

    private Event event(ObjectNode json) {
        return new Event(json.path("type").asString(), Json.bytes(faults.fields(json)));
    }
}
