package dev.darkroom.emulator.gateway.common.responses;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.FieldFaults;
import dev.darkroom.emulator.gateway.common.IdGenerator;
import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the events of one response, in the order recorded, and what the response says of itself meanwhile.
 *
 * <p>Each event has the next number when it is written. Written to by worker threads, one after the other, and looked at from
 * any; so every method holds the lock.
 */
final class EventWriter {

    private static final int ID_LENGTH = 50;

    private final CreateRequest request;
    private final ResponseJson json;
    private final Items items;
    private final FieldFaults faults;
    private final IdGenerator ids;
    private final List<ObjectNode> output = new ArrayList<>();
    private final Map<String, byte[]> images = new LinkedHashMap<>();
    private String status;
    private String current = "";
    private int number;
    private int begun;

    /**
     * An event of a response.
     *
     * @param number its sequence number
     * @param event as it is sent
     */
    record Numbered(int number, Event event) {}

    EventWriter(CreateRequest request, ResponseJson json, Items items, FieldFaults faults, IdGenerator ids) {
        this.request = request;
        this.json = json;
        this.items = items;
        this.faults = faults;
        this.ids = ids;
        this.status = request.background() ? "queued" : "in_progress";
    }

    String id() {
        return json.id();
    }

    CreateRequest request() {
        return request;
    }

    synchronized ObjectNode response() {
        return json.of(status, output);
    }

    synchronized String status() {
        return status;
    }

    /** The pictures which are finished. */
    synchronized List<byte[]> images() {
        return List.copyOf(images.values());
    }

    synchronized Optional<byte[]> image(String item) {
        return Optional.ofNullable(images.get(item));
    }

    synchronized long bytes() {
        return images.values().stream().mapToLong(file -> file.length).sum();
    }

    synchronized void cancel() {
        status = "cancelled";
    }

    /** What comes before anything is made. */
    synchronized List<Numbered> opening() {
        var events = new ArrayList<Numbered>();
        events.add(whole("response.created"));
        if (request.background()) {
            events.add(whole("response.queued"));
        }
        status = "in_progress";
        events.add(whole("response.in_progress"));
        if (request.reasons()) {
            var item = Items.reasoning(next("rs_"));
            events.add(item("response.output_item.added", item));
            events.add(done(item));
        }
        if (request.images() > 0 && faults.fault() != Fault.NO_IMAGES) {
            events.addAll(begin());
        }
        return events;
    }

    /** What is said of a rendered part. Markup is written unseen. */
    synchronized List<Numbered> part(RenderedPart part) {
        if (part instanceof RenderedPart.Preview preview) {
            return List.of(event(items.preview(call("partial_image")
                    .put("partial_image_index", preview.number())
                    .put("partial_image_b64", base64(preview.file())))));
        }
        var events = new ArrayList<Numbered>();
        if (part instanceof RenderedPart.Finished finished) {
            if (!items.terse()) {
                events.add(event(call("completed")));
            }
            images.put(current, finished.file());
            events.add(done(items.finished(current, base64(finished.file()), finished.file().length)));
        } else if (part instanceof RenderedPart.Failed failed) {
            status = failed.flagged() ? status : "failed";
            events.add(done(Items.failed(current, failed.flagged())));
        } else {
            return events;
        }
        if (begun < request.images() && status.equals("in_progress")) {
            events.addAll(begin());
        }
        return events;
    }

    /** What comes when all is made: a message, and the response as a whole. */
    synchronized List<Numbered> closing() {
        var events = new ArrayList<Numbered>();
        if (status.equals("in_progress") && faults.fault() == Fault.INCOMPLETE) {
            status = "incomplete";
        }
        if (status.equals("in_progress")) {
            events.addAll(message(images.isEmpty() ? "I could not make that picture." : "Here is your picture."));
            status = "completed";
        }
        events.add(whole("response." + status));
        return events;
    }

    /** That something went wrong with the stream: plain as the SDKs say, or, of a limit, nested as observed. */
    synchronized Event failure(boolean limited) {
        var event = Json.object().put("type", "error");
        var error = limited ? event.putObject("error").put("type", "rate_limit_error") : event;
        error.put("code", limited ? "rate_limit_exceeded" : "server_error")
                .put("message", limited ? "Rate limit reached. Please try again in 1s." : "The server had an error.")
                .putNull("param");
        return event(event).event();
    }

    /** A preview when there should be none any more. */
    synchronized Event late() {
        return event(call("partial_image")
                        .put("partial_image_index", 0)
                        .put("partial_image_b64", base64(new byte[] {1, 2, 3})))
                .event();
    }

    private List<Numbered> begin() {
        begun++;
        current = next("ig_");
        return List.of(
                item("response.output_item.added", Items.image(current)),
                event(call("in_progress")),
                event(call("generating")));
    }

    private List<Numbered> message(String text) {
        var events = new ArrayList<Numbered>();
        current = next("msg_");
        events.add(item("response.output_item.added", Items.message(current, "")));
        events.add(content("content_part.added", "part", Items.text("")));
        for (var word : text.split("(?= )")) {
            var delta = said("output_text.delta").put("delta", word).put("obfuscation", "x".repeat(16 - word.length()));
            delta.putArray("logprobs");
            events.add(event(delta));
        }
        var all = said("output_text.done").put("text", text);
        all.putArray("logprobs");
        events.add(event(all));
        events.add(content("content_part.done", "part", Items.text(text)));
        events.add(done(Items.message(current, text)));
        return events;
    }

    private Numbered content(String type, String name, ObjectNode part) {
        var event = said(type);
        event.set(name, part);
        return event(event);
    }

    private ObjectNode said(String type) {
        return Json.object()
                .put("type", "response." + type)
                .put("item_id", current)
                .put("output_index", output.size())
                .put("content_index", 0);
    }

    private ObjectNode call(String type) {
        return Json.object()
                .put("type", "response.image_generation_call." + type)
                .put("item_id", current)
                .put("output_index", output.size());
    }

    private Numbered whole(String type) {
        var event = Json.object().put("type", type);
        event.set("response", response());
        return event(event);
    }

    private Numbered done(ObjectNode item) {
        var event = item("response.output_item.done", item);
        output.add(item);
        return event;
    }

    private Numbered item(String type, ObjectNode item) {
        var event = Json.object().put("type", type).put("output_index", output.size());
        event.set("item", item);
        return event(event);
    }

    private Numbered event(ObjectNode event) {
        event.put("sequence_number", number);
        var sent = new Event(event.path("type").asString(), Json.bytes(faults.fields(event)));
        return new Numbered(number++, sent);
    }

    private String next(String prefix) {
        return prefix + ids.hex(ID_LENGTH);
    }

    private String base64(byte[] file) {
        return request.picture() == null
                ? Json.base64(file)
                : faults.base64(file, request.picture().format().mediaType());
    }
}
