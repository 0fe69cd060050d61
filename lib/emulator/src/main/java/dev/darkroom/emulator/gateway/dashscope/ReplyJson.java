package dev.darkroom.emulator.gateway.dashscope;

import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.ReplyFormat;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of what was made: by choices, or by results at the older models. The URLs of images live a day.
 *
 * @param request what was asked for
 * @param call which asked for it: its fault is that of the images
 * @param pictures where their URLs lead to
 * @param requestId of the answer
 */
record ReplyJson(ImageRequest request, Call call, PictureStore pictures, String requestId) implements ReplyFormat {

    static final Duration LIFETIME = Duration.ofHours(24);
    private static final int CHARS_PER_TOKEN = 4;

    @Override
    public ObjectNode document(List<RenderedPart> parts, long created) {
        var json = Json.object().put("request_id", requestId);
        made(json.putObject("output"), parts);
        return withUsage(json, parts);
    }

    @Override
    public Reply noImages(RenderedPart.Failed why) {
        return Errors.failed(why.flagged());
    }

    /** What was made, into an output. */
    void made(ObjectNode output, List<RenderedPart> parts) {
        if (request.endpoint().isOld()) {
            results(output, parts);
            return;
        }
        var choices = output.putArray("choices");
        if (request.model().isQwen()) {
            var content = choice(choices);
            finished(parts).forEach(image -> content.add(image(Json.object(), image)));
        } else {
            finished(parts)
                    .forEach(image ->
                            choice(choices).add(image(Json.object(), image).put("type", "image")));
            output.put("finished", true);
        }
    }

    private static ArrayNode choice(ArrayNode choices) {
        var choice = choices.addObject().put("finish_reason", "stop");
        return choice.putObject("message").put("role", "assistant").putArray("content");
    }

    private ObjectNode image(ObjectNode json, RenderedPart.Finished image) {
        return faults().fields(json.put("image", pictures.url(call, image.picture(), LIFETIME)));
    }

    private void results(ObjectNode output, List<RenderedPart> parts) {
        var results = output.putArray("results");
        for (var part : parts) {
            if (part instanceof RenderedPart.Finished image) {
                var json = results.addObject().put("orig_prompt", request.prompt());
                if (request.rewritten()) {
                    json.put("actual_prompt", request.prompt() + ", in fine detail");
                }
                faults().fields(json.put("url", pictures.url(call, image.picture(), LIFETIME)));
            } else if (part instanceof RenderedPart.Failed failed) {
                Errors.failed(results.addObject(), failed.flagged());
            }
        }
        output.putObject("task_metrics")
                .put("TOTAL", request.images())
                .put("SUCCEEDED", finished(parts).size())
                .put("FAILED", request.images() - finished(parts).size());
    }

    ObjectNode withUsage(ObjectNode json, List<RenderedPart> parts) {
        if (faults().usage()) {
            usage(json.putObject("usage"), finished(parts).size());
        }
        return json;
    }

    private void usage(ObjectNode usage, int made) {
        usage.put("image_count", made);
        if (request.endpoint().isOld()) {
            return;
        }
        if (request.model().isQwen()) {
            usage.put("width", request.size().width())
                    .put("height", request.size().height());
            return;
        }
        int input = Math.max(1, request.prompt().length() / CHARS_PER_TOKEN);
        usage.put("size", Sizes.written(request.size()))
                .put("input_tokens", input)
                .put("output_tokens", 2)
                .put("total_tokens", input + 2);
    }

    private static List<RenderedPart.Finished> finished(List<RenderedPart> parts) {
        return parts.stream()
                .filter(RenderedPart.Finished.class::isInstance)
                .map(RenderedPart.Finished.class::cast)
                .toList();
    }

    private FieldFaults faults() {
        return new FieldFaults(call.fault().fault());
    }
}
