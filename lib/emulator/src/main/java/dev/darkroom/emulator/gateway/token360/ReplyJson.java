package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.PictureStore;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.ReplyFormat;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of an answer: {@code created}, and {@code data} with a {@code url} or {@code b64_json} each. It has no id: a
 * record is found in the list only.
 *
 * @param request what was asked for
 * @param call the call
 * @param pictures where the URLs lead to
 */
record ReplyJson(ImageRequest request, Call call, PictureStore pictures) implements ReplyFormat {

    @Override
    public ObjectNode document(List<RenderedPart> parts, long created) {
        var faults = new FieldFaults(call.fault().fault());
        var json = Json.object().put("created", faults.created(created));
        var data = json.putArray("data");
        parts.forEach(part -> data.add(faults.fields(image(faults, part))));
        return json;
    }

    @Override
    public Reply noImages(RenderedPart.Failed why) {
        var fault = why.flagged() ? Fault.MODERATION : Fault.SERVER_ERROR;
        return new FaultReplies(request.model().id(), ErrorContext.of(fault))
                .reply()
                .orElseThrow();
    }

    /** One of several: an image, or the provider's error in its place. */
    private ObjectNode image(FieldFaults faults, RenderedPart part) {
        var json = Json.object();
        if (!(part instanceof RenderedPart.Finished finished)) {
            json.putObject("error").put("message", "Image generation failed").put("type", "api_error");
            return json;
        }
        var picture = finished.picture();
        if (request.base64()) {
            return json.put(
                    "b64_json", faults.base64(finished.file(), picture.format().mediaType()));
        }
        return json.put(
                "url",
                request.model().bareBase64()
                        ? Json.base64(picture.file())
                        : pictures.url(call, picture, StoredImageRoutes.LIFETIME));
    }
}
