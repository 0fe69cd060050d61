package dev.darkroom.emulator.ark;

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
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of events and documents, field by field as documented.
 *
 * <p>{@code partial_succeeded} is a finished image, and {@code completed} a summary without one.
 *
 * @param order what was asked for
 * @param job its pictures
 * @param gallery where their URLs lead to
 * @param odd which fields shall be odd
 */
record Wording(Order order, Job job, Gallery gallery, Odd odd) implements Report.Series {

    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final String COMPLETED = "image_generation.completed";

    @Override
    public ObjectNode document(List<Shot> shots, long created) {
        var json = Json.object().put("model", Models.undated(order.model())).put("created", odd.created(created));
        var data = json.putArray("data");
        shots.forEach(shot -> data.add(odd.fields(image(Json.object(), shot))));
        return withUsage(json, job.call().tally().images().made());
    }

    @Override
    public Reply nothing(Shot.Missing why) {
        return why.flagged() ? Errors.flagged() : Errors.internal();
    }

    @Override
    public Event event(Shot shot, long created) {
        boolean made = shot instanceof Shot.Finished;
        var json = head(made ? "image_generation.partial_succeeded" : "image_generation.partial_failed", created)
                .put("image_index", shot.image());
        return event(image(json, shot));
    }

    /** The end: a summary; or an error if nothing was made. */
    @Override
    public Event summary(int made, long created) {
        return made == 0
                ? failure(job.call().fault().is(Fault.IMAGES_STOPPED) ? Errors.INTERNAL : Errors.FLAGGED_IMAGE)
                : event(withUsage(head(COMPLETED, created), made));
    }

    @Override
    public Ending ending() {
        return new Ending(
                event -> event.type().equals(COMPLETED),
                1,
                true,
                limited -> failure(limited ? Refusals.LIMITED : Errors.INTERNAL),
                () -> event(head("image_generation.partial_succeeded", 0)
                        .put("image_index", 0)
                        .put("url", "https://example.org/late.jpeg")
                        .put("size", order.size().toString())));
    }

    private ObjectNode image(ObjectNode json, Shot shot) {
        if (!(shot instanceof Shot.Finished finished)) {
            boolean flagged = shot instanceof Shot.Missing missing && missing.flagged();
            json.set(
                    "error",
                    flagged
                            ? Errors.body(Errors.FLAGGED_IMAGE, Errors.flaggedWords())
                            : Errors.body(Errors.INTERNAL, Errors.internalWords()));
            return json;
        }
        if (order.base64()) {
            json.put("b64_json", odd.base64(finished.file(), order.format().mediaType()));
        } else {
            json.put("url", gallery.url(job.call(), finished.print(), LIFETIME));
        }
        return json.put("size", order.size().toString());
    }

    private ObjectNode withUsage(ObjectNode json, int made) {
        if (odd.usage()) {
            json.putObject("usage")
                    .put("generated_images", made)
                    .put("output_tokens", order.tokens(made))
                    .put("total_tokens", order.tokens(made));
        }
        return json;
    }

    private ObjectNode head(String type, long created) {
        return Json.object().put("type", type).put("model", order.model()).put("created", odd.created(created));
    }

    private Event event(ObjectNode json) {
        return new Event(json.path("type").asString(), Json.bytes(odd.fields(json)));
    }

    /** As documented: no {@code type}, and so no {@code event:} line either. */
    private static Event failure(String code) {
        var json = Json.object();
        json.set(
                "error",
                Errors.body(
                        code,
                        switch (code) {
                            case Errors.FLAGGED_IMAGE -> Errors.flaggedWords();
                            case Errors.INTERNAL -> Errors.internalWords();
                            default -> Refusals.LIMITED_WORDS;
                        }));
        return new Event("", Json.bytes(json));
    }
}
