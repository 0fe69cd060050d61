package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.server.Call;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a completion, whole or a chunk of it, with its images where the model puts them.
 *
 * @param request what was asked for
 * @param call the call
 * @param pictures where the URLs lead to
 * @param id of the completion
 * @param created Unix seconds
 */
record ReplyJson(ImageRequest request, Call call, PictureStore pictures, String id, long created) {

    static final String PROVIDER = "Google AI Studio";
    static final String WORDS = "Here is your picture.";
    private static final String REFUSAL = "I can't help with that picture.";
    private static final Duration LIFETIME = Duration.ofHours(24);

    FieldFaults faults() {
        return new FieldFaults(call.fault().fault());
    }

    ObjectNode document(List<RenderedPart> parts, End end, ObjectNode usage) {
        var json = head("chat.completion");
        var choice = json.putArray("choices").addObject().put("index", 0).putNull("logprobs");
        end.into(choice, request.model().router());
        var message = choice.putObject("message").put("role", "assistant");
        var images = parts.stream()
                .filter(RenderedPart.Finished.class::isInstance)
                .map(RenderedPart.Finished.class::cast)
                .toList();
        fill(message, images, end);
        message.put("refusal", end.refuses() ? REFUSAL : null);
        if (faults().usage()) {
            json.set("usage", usage);
        }
        return json;
    }

    private void fill(ObjectNode message, List<RenderedPart.Finished> images, End end) {
        if (end != End.STOP) {
            message.put("content", end.refuses() ? null : "");
            return;
        }
        switch (request.model().place()) {
            case IMAGES -> {
                message.put("content", words());
                var list = message.putArray("images");
                images.forEach(image -> list.add(item(image).put("index", image.image())));
            }
            case MARKDOWN -> {
                var text = new StringBuilder(words());
                images.forEach(image -> text.append(markdown(image)));
                message.put("content", text.toString());
            }
            case PARTS -> {
                var list = message.putArray("content");
                list.addObject().put("type", "text").put("text", words());
                images.forEach(image -> list.add(item(image)));
            }
        }
    }

    String words() {
        return request.text() ? WORDS : "";
    }

    /** The only delta a refused request has. */
    ObjectNode refusal() {
        return Json.object().put("role", "assistant").putNull("content").put("refusal", REFUSAL);
    }

    ObjectNode item(RenderedPart.Finished image) {
        var json = Json.object().put("type", "image_url");
        json.putObject("image_url").put("url", url(image));
        return faults().fields(json);
    }

    /** As relays write it; a URL stands twice, the second time to be clicked. */
    String markdown(RenderedPart.Finished image) {
        var url = url(image);
        return "\n\n![image](" + url + ")\n" + (request.model().byUrl() ? "\n[Download](" + url + ")\n" : "");
    }

    private String url(RenderedPart.Finished image) {
        if (request.model().byUrl()) {
            return pictures.url(call, image.picture(), LIFETIME);
        }
        var base64 = Json.base64(image.file());
        return call.fault().is(Fault.BASE64_IN_URL)
                ? base64
                : "data:" + image.picture().format().mediaType() + ";base64," + base64;
    }

    /** A chunk of a stream: something said, or the end, or both. */
    ObjectNode chunk(ObjectNode delta, @Nullable End end) {
        var json = head("chat.completion.chunk");
        var choice = json.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        if (end == null) {
            choice.putNull("finish_reason");
        } else {
            end.into(choice, request.model().router());
        }
        return json;
    }

    ObjectNode head(String object) {
        var json = Json.object()
                .put("id", id)
                .put("object", object)
                .put("created", faults().created(created))
                .put("model", request.model().id());
        return faults().fields(request.model().router() ? json.put("provider", PROVIDER) : json);
    }
}
