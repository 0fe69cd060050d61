package dev.darkroom.emulator.gateway.myrouter;

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
 * The JSON of an answer: {@code images}, and nothing else. An image which failed is missing from it.
 *
 * @param call the call
 * @param pictures where the URLs lead to
 */
record ReplyJson(Call call, PictureStore pictures) implements ReplyFormat {

    private static final Duration LIFETIME = Duration.ofHours(24);

    @Override
    public ObjectNode document(List<RenderedPart> parts, long created) {
        var json = Json.object();
        var images = json.putArray("images");
        for (var part : parts) {
            if (part instanceof RenderedPart.Finished finished) {
                add(images, pictures.url(call, finished.picture(), LIFETIME));
            }
        }
        return json;
    }

    @Override
    public Reply noImages(RenderedPart.Failed why) {
        return why.flagged()
                ? Errors.error(400, "ILLEGAL_IMAGE_CONTENT", "illegal image content")
                : FaultReplies.failed(500);
    }

    private void add(ArrayNode images, String url) {
        switch (call.fault().fault()) {
            case IMAGE_URL_OBJECTS -> images.addObject().put("image_url", url);
            case URL_OBJECTS -> images.addObject().put("url", url);
            default -> images.add(url);
        }
    }
}
