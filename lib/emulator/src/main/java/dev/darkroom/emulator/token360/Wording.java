package dev.darkroom.emulator.token360;

import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Json;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.Report;
import dev.darkroom.emulator.desk.Shot;
import dev.darkroom.emulator.desk.Trouble;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of an answer: {@code created}, and {@code data} with a {@code url} or {@code b64_json} each. It has no id: a
 * record is found in the list only.
 *
 * @param order what was asked for
 * @param call the call
 * @param gallery where the URLs lead to
 */
record Wording(Order order, Call call, Gallery gallery) implements Report {

    @Override
    public ObjectNode document(List<Shot> shots, long created) {
        var odd = new Odd(call.fault().fault());
        var json = Json.object().put("created", odd.created(created));
        var data = json.putArray("data");
        shots.forEach(shot -> data.add(odd.fields(image(odd, shot))));
        return json;
    }

    @Override
    public Reply nothing(Shot.Missing why) {
        var fault = why.flagged() ? Fault.MODERATION : Fault.SERVER_ERROR;
        return new Refusals(order.model().id(), Trouble.of(fault)).reply().orElseThrow();
    }

    /** One of several: an image, or the provider's error in its place. */
    private ObjectNode image(Odd odd, Shot shot) {
        var json = Json.object();
        if (!(shot instanceof Shot.Finished finished)) {
            json.putObject("error").put("message", "Image generation failed").put("type", "api_error");
            return json;
        }
        var print = finished.print();
        if (order.base64()) {
            return json.put(
                    "b64_json", odd.base64(finished.file(), print.format().mediaType()));
        }
        return json.put(
                "url",
                order.model().bareBase64()
                        ? Json.base64(print.file())
                        : gallery.url(call, print, StoredImages.LIFETIME));
    }
}
