package dev.darkroom.emulator.myrouter;

import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Json;
import dev.darkroom.emulator.desk.Report;
import dev.darkroom.emulator.desk.Shot;
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
 * @param gallery where the URLs lead to
 */
record Wording(Call call, Gallery gallery) implements Report {

    private static final Duration LIFETIME = Duration.ofHours(24);

    @Override
    public ObjectNode document(List<Shot> shots, long created) {
        var json = Json.object();
        var images = json.putArray("images");
        for (var shot : shots) {
            if (shot instanceof Shot.Finished finished) {
                add(images, gallery.url(call, finished.print(), LIFETIME));
            }
        }
        return json;
    }

    @Override
    public Reply nothing(Shot.Missing why) {
        return why.flagged()
                ? Errors.error(400, "ILLEGAL_IMAGE_CONTENT", "illegal image content")
                : Refusals.failed(500);
    }

    private void add(ArrayNode images, String url) {
        switch (call.fault().fault()) {
            case IMAGE_URL_OBJECTS -> images.addObject().put("image_url", url);
            case URL_OBJECTS -> images.addObject().put("url", url);
            default -> images.add(url);
        }
    }
}
