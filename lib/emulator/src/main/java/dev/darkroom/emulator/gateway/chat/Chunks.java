package dev.darkroom.emulator.gateway.chat;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.RenderedPart;
import dev.darkroom.emulator.gateway.common.StreamEnding;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The chunks of a stream: words in pieces, each image in a chunk of its own, the end, and what it cost.
 *
 * @param json how they are written
 */
record Chunks(ReplyJson json) {

    /** What tells the last chunks from others within the emulator; there are no {@code event:} lines. */
    private static final String LAST = "last";

    /** A URL in a text comes in pieces of this many characters, so that no chunk has all of it. */
    private static final int PIECE = 24;

    List<Event> opening() {
        var events = new ArrayList<Event>();
        events.add(said(Json.object().put("role", "assistant").put("content", "")));
        texts(json.words(), 9).forEach(text -> events.add(said(text)));
        return events;
    }

    List<Event> image(RenderedPart part) {
        if (!(part instanceof RenderedPart.Finished image)) {
            return List.of();
        }
        var model = json.request().model();
        switch (model.place()) {
            case MARKDOWN -> {
                var text = json.markdown(image);
                return texts(text, model.byUrl() ? PIECE : text.length()).stream()
                        .map(this::said)
                        .toList();
            }
            case PARTS -> {
                var delta = Json.object();
                delta.putArray("content").add(json.item(image));
                return List.of(said(delta));
            }
            default -> {
                var delta = Json.object().put("role", "assistant").put("content", "");
                delta.putArray("images").add(json.item(image).put("index", image.image()));
                return List.of(said(delta));
            }
        }
    }

    /** OpenRouter repeats its end beside the usage, as recorded; the relays' usage has no choice beside it. */
    List<Event> last(End end, ObjectNode usage) {
        var delta = end.refuses() ? json.refusal() : Json.object().put("content", "");
        var events = new ArrayList<Event>();
        events.add(event(LAST, json.chunk(delta, end)));
        if (tellsUsage()) {
            boolean router = json.request().model().router();
            var chunk = router
                    ? json.chunk(Json.object().put("role", "assistant").put("content", ""), end)
                    : json.head("chat.completion.chunk");
            if (!router) {
                chunk.putArray("choices");
            }
            chunk.set("usage", usage);
            events.add(event(LAST, chunk));
        }
        return events;
    }

    StreamEnding ending() {
        return new StreamEnding(
                event -> event.type().equals(LAST),
                tellsUsage() ? 2 : 1,
                true,
                this::failure,
                () -> said(Json.object().put("content", "one more thing")));
    }

    /** OpenRouter's is a chunk with an error and an end; a relay's is an error alone. */
    Event failure(boolean limited) {
        boolean router = json.request().model().router();
        var error = limited
                ? new Errors(router).body(429, "rate_limit", "Rate limit exceeded", null)
                : new Errors(router).body(502, "bad_response", "Provider returned error", null);
        if (!router) {
            return event("", error);
        }
        var chunk = json.chunk(Json.object().put("content", ""), End.ERROR);
        var body = (ObjectNode) error.path("error");
        body.putObject("metadata").put("error_type", limited ? "rate_limit_exceeded" : "provider_unavailable");
        chunk.set("error", body);
        return event("", chunk);
    }

    private boolean tellsUsage() {
        return json.request().usage() && json.faults().usage();
    }

    private Event said(String text) {
        return said(Json.object().put("content", text));
    }

    private Event said(ObjectNode delta) {
        return event("", json.chunk(delta, null));
    }

    private static Event event(String type, ObjectNode chunk) {
        return new Event(type, Json.bytes(chunk));
    }

    private static List<String> texts(String text, int length) {
        var pieces = new ArrayList<String>();
        for (int i = 0; i < text.length(); i += length) {
            pieces.add(text.substring(i, Math.min(text.length(), i + length)));
        }
        return pieces;
    }
}
