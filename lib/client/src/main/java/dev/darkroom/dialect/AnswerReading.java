package dev.darkroom.dialect;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.Salvage;
import dev.darkroom.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Reads one answer in what all gateways share: a document that lists images, an error wherever it stands, {@code [DONE]},
 * a type that stands in the data or before it. What the events mean is for each API's {@link Events} to say, and what its
 * errors mean for its {@link Errors}.
 */
final class AnswerReading implements Reading {

    /** What an event means, other than an error. */
    @FunctionalInterface
    interface Events {

        /**
         * Reads an event.
         *
         * @param type its type, perhaps empty
         * @param payload its data
         * @param arrivals what came before; keeps what comes now
         * @return what it means; nothing if the type is not known
         */
        List<ImageEvent> read(String type, Payload payload, Arrivals arrivals);
    }

    /** What an error inside a 200 means. */
    @FunctionalInterface
    interface Errors {

        /**
         * Reads an error.
         *
         * @param payload the error event, or the document that is one
         * @param begun whether anything was said of an image before, so that the request was accepted
         * @param salvage what had arrived
         * @return the failure it means
         */
        ImageException read(Payload payload, boolean begun, Salvage salvage);
    }

    private final Arrivals arrivals;
    private final Events events;
    private final Errors errors;
    private boolean heard;

    AnswerReading(Origin origin, Events events, Errors errors) {
        this.arrivals = new Arrivals(origin);
        this.events = events;
        this.errors = errors;
    }

    @Override
    public List<ImageEvent> read(Payload payload) {
        heard |= !payload.isDone();
        return payload.isDone() ? done() : understand(payload);
    }

    private List<ImageEvent> understand(Payload payload) {
        var json = payload.json();
        var type =
                Objects.requireNonNullElse(Fields.text(json, "type"), Objects.requireNonNullElse(payload.event(), ""));
        var list = json.path("data").isArray() ? json.path("data") : json.path("images");
        if (type.isEmpty() && list.isArray()) {
            return document(payload, list); // also one that a gateway wraps in an event
        }
        if (isError(type, json)) {
            throw errors.read(payload, arrivals.hasBegun(), arrivals.salvage());
        }
        return events.read(type, payload, arrivals);
    }

    /** The failure of one image of several has an error too, and is none of the whole. */
    private static boolean isError(String type, JsonNode json) {
        var error = json.path("error");
        var ofOneImage = type.endsWith(SummaryEvents.FAILED);
        var flat = type.isEmpty() && json.path("reason").isString() && json.has("code");
        return type.equals("error") || flat || (!ofOneImage && (error.isObject() || error.isString()));
    }

    /**
     * An error beside images takes none of them away. In a stream each image is announced, as everywhere in a stream; a
     * document of its own is one event.
     */
    private List<ImageEvent> document(Payload payload, JsonNode list) {
        var events = new ArrayList<ImageEvent>();
        for (JsonNode item : list) {
            events.add(arrivals.settle(payload, item, null));
        }
        var json = payload.json();
        arrivals.account(json);
        var error = json.path("error");
        if (error.isObject() && arrivals.salvage().images().isEmpty()) {
            throw errors.read(payload, arrivals.hasBegun(), arrivals.salvage());
        }
        if (error.isObject() && !error.isEmpty()) {
            events.add(arrivals.settle(payload, json, null));
        }
        var end = arrivals.completed();
        if (!payload.inStream()) {
            return List.of(end);
        }
        events.add(end);
        return events;
    }

    private List<ImageEvent> done() {
        if (arrivals.isComplete()) {
            return List.of();
        }
        if (arrivals.count() == 0) {
            throw end();
        }
        return List.of(arrivals.completed());
    }

    @Override
    public boolean isComplete() {
        return arrivals.isComplete();
    }

    @Override
    public ImageException end() {
        return arrivals.cut(heard);
    }

    @Override
    public Salvage salvage() {
        return arrivals.salvage();
    }
}
