package dev.darkroom.emulator.gateway.token360;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.LazyPicture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record of one request. There is one for a request, however many images it made; it shows the first.
 *
 * @param id its handle
 * @param owner the key that asked
 * @param model the model
 * @param prompt the prompt
 * @param created Unix milliseconds
 * @param until when it is settled, Unix milliseconds; hidden before
 * @param picture the picture, null if nothing came of it
 */
record StoredImage(
        String id,
        String owner,
        String model,
        String prompt,
        long created,
        long until,
        @Nullable LazyPicture picture) {

    String status() {
        return picture == null ? "failed" : "completed";
    }

    ObjectNode json(@Nullable String url) {
        var json = Json.object()
                .put("id", id)
                .put("object", "image")
                .put("status", status())
                .put("model", model)
                .put("prompt", prompt)
                .put("created_at", Math.floorDiv(created, 1000))
                .put("url", url);
        if (picture == null) {
            json.putObject("error").put("message", "Image generation failed").put("type", "api_error");
        } else {
            json.putNull("error");
        }
        return json;
    }

    /** Shows nothing of the key and the prompt. */
    @Override
    public String toString() {
        return "Stored[id=" + id + ", model=" + model + ", status=" + status() + "]";
    }
}
