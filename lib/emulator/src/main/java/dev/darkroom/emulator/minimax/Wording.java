package dev.darkroom.emulator.minimax;

import dev.darkroom.emulator.desk.Ending;
import dev.darkroom.emulator.desk.Gallery;
import dev.darkroom.emulator.desk.Job;
import dev.darkroom.emulator.desk.Json;
import dev.darkroom.emulator.desk.Odd;
import dev.darkroom.emulator.desk.Report;
import dev.darkroom.emulator.desk.Shot;
import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.server.Frame.Event;
import dev.darkroom.emulator.server.Reply;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events and documents. Its docs name the fields of {@code partial_succeeded} by their meaning, and those of
 * {@code usage} not at all: {@code created}, {@code size} and the parts of {@code usage} are spelt as Ark spells them.
 *
 * @param order what was asked for
 * @param job its pictures
 * @param gallery where their URLs lead to
 * @param odd which fields shall be odd
 */
record Wording(Order order, Job job, Gallery gallery, Odd odd) implements Report.Series {

    private static final Duration LIFETIME = Duration.ofHours(24);

    @Override
    public ObjectNode document(List<Shot> shots, long created) {
        var json = Json.object().put("created", odd.created(created)).put("model", order.model());
        var data = json.putArray("data");
        shots.stream()
                .sorted(Comparator.comparingInt(Shot::image))
                .forEach(shot -> data.add(odd.fields(image(Json.object(), shot))));
        return finished(json);
    }

    @Override
    public Reply nothing(Shot.Missing why) {
        return why.flagged() ? Errors.reply(422, Errors.flagged()) : Errors.reply(500, Errors.failed());
    }

    @Override
    public Event event(Shot shot, long created) {
        boolean made = shot instanceof Shot.Finished;
        return event(image(
                head(made ? "partial_succeeded" : "partial_failed", created).put("image_index", shot.image()), shot));
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
    public Ending ending() {
        var completed = order.kind() + ".completed";
        return new Ending(
                event -> event.type().equals(completed),
                1,
                false,
                limited -> failure(limited ? Errors.limited() : Errors.failed()),
                () -> event(head("partial_succeeded", 0)
                        .put("image_index", 0)
                        .put("url", "https://example.org/late.png")
                        .put("size", order.size().toString())));
    }

    private ObjectNode image(ObjectNode json, Shot shot) {
        if (!(shot instanceof Shot.Finished finished)) {
            boolean flagged = shot instanceof Shot.Missing missing && missing.flagged();
            json.set("error", flagged ? Errors.flagged() : Errors.failed());
            return json;
        }
        if (order.base64()) {
            json.put("b64_json", odd.base64(finished.file(), order.format().mediaType()));
        } else {
            json.put("url", gallery.url(job.call(), finished.print(), LIFETIME));
        }
        return json.put("size", order.size().toString());
    }

    /** Both ends of a stream, and a document, carry the bill and the request's id. */
    private ObjectNode finished(ObjectNode json) {
        if (odd.usage()) {
            int made = job.call().tally().images().made();
            long input = order.inputTokens();
            long output = order.outputTokens(made);
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
                .put("type", order.kind() + "." + type)
                .put("created", odd.created(created))
                .put("model", order.model());
    }

    private Event event(ObjectNode json) {
        return new Event(json.path("type").asString(), Json.bytes(odd.fields(json)));
    }
}
