package dev.darkroom.emulator.gateway.ark;

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
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events and documents, field by field as documented.
 *
 * <p>{@code partial_succeeded} is a finished image, and {@code completed} a summary without one.
 *
 * @param request what was asked for
 * @param job its pictures
 * @param pictures where their URLs lead to
 * @param faults of single fields
 */
record ReplyJson(ImageRequest request, RenderJob job, PictureStore pictures, FieldFaults faults)
        implements ReplyFormat.Streaming {

    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final String COMPLETED = "image_generation.completed";

    @Override
    public ObjectNode document(List<RenderedPart> parts, long created) {
        var json = Json.object().put("model", Models.undated(request.model())).put("created", faults.created(created));
        var data = json.putArray("data");
        parts.forEach(part -> data.add(faults.fields(image(Json.object(), part))));
        tools(json);
        return withUsage(json, job.call().imageCounter().counts().made());
    }

    @Override
    public Reply noImages(RenderedPart.Failed why) {
        return why.flagged() ? Errors.flagged() : Errors.internal();
    }

    @Override
    public Event event(RenderedPart part, long created) {
        boolean made = part instanceof RenderedPart.Finished;
        var json = head(made ? "image_generation.partial_succeeded" : "image_generation.partial_failed", created)
                .put("image_index", part.image());
        return event(image(json, part));
    }

    /** The end: a summary; or an error if nothing was made. */
    @Override
    public Event summary(int made, long created) {
        return made == 0
                ? failure(job.call().fault().is(Fault.IMAGES_STOPPED) ? Errors.INTERNAL : Errors.FLAGGED_IMAGE)
                : event(withUsage(head(COMPLETED, created), made));
    }

    @Override
    public StreamEnding ending() {
        return new StreamEnding(
                event -> event.type().equals(COMPLETED),
                1,
                true,
                limited -> failure(limited ? FaultReplies.RATE_LIMITED : Errors.INTERNAL),
                () -> event(head("image_generation.partial_succeeded", 0)
                        .put("image_index", 0)
                        .put("url", "https://example.org/late.jpeg")
                        .put("size", request.size().toString())));
    }

    private ObjectNode image(ObjectNode json, RenderedPart part) {
        if (!(part instanceof RenderedPart.Finished finished)) {
            boolean flagged = part instanceof RenderedPart.Failed failed && failed.flagged();
            json.set(
                    "error",
                    flagged
                            ? Errors.body(Errors.FLAGGED_IMAGE, Errors.flaggedMessage())
                            : Errors.body(Errors.INTERNAL, Errors.internalMessage()));
            return json;
        }
        if (request.base64()) {
            json.put("b64_json", faults.base64(finished.file(), request.format().mediaType()));
        } else {
            json.put("url", pictures.url(job.call(), finished.picture(), LIFETIME));
        }
        return json.put("size", request.size().toString());
    }

    private ObjectNode withUsage(ObjectNode json, int made) {
        if (faults.usage()) {
            var usage = json.putObject("usage")
                    .put("generated_images", made)
                    .put("output_tokens", request.tokens(made))
                    .put("total_tokens", request.tokens(made));
            if (request.searches()) {
                usage.putObject("tool_usage").put("web_search", 1);
            }
        }
        return json;
    }

    private ObjectNode head(String type, long created) {
        var json =
                Json.object().put("type", type).put("model", request.model()).put("created", faults.created(created));
        return tools(json);
    }

    /** What may be used is said in every answer. */
    private ObjectNode tools(ObjectNode json) {
        if (request.searches()) {
            json.putArray("tools").addObject().put("type", "web_search");
        }
        return json;
    }

    private Event event(ObjectNode json) {
        return new Event(json.path("type").asString(), Json.bytes(faults.fields(json)));
    }

    /** As documented: no {@code type}, and so no {@code event:} line either. */
    private static Event failure(String code) {
        var json = Json.object();
        json.set(
                "error",
                Errors.body(
                        code,
                        switch (code) {
                            case Errors.FLAGGED_IMAGE -> Errors.flaggedMessage();
                            case Errors.INTERNAL -> Errors.internalMessage();
                            default -> FaultReplies.RATE_LIMITED_MESSAGE;
                        }));
        return new Event("", Json.bytes(json));
    }
}
