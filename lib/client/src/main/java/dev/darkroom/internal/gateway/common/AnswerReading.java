package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one answer in what all gateways share: a document that lists images, an error wherever it stands, {@code [DONE]},
 * a type that stands in the data or before it. What the events mean is for each API's {@link Events} to say, and what its
 * errors mean for its {@link Errors}.
 */
public final class AnswerReading implements Reading {

    /** What an event means, other than an error. */
    interface Events {

        /**
         * Reads an event.
         *
         * @param type its type, perhaps empty
         * @param payload its data
         * @param arrivals what came before; keeps what comes now
         * @return what it means; nothing if the type is not known
         */
        List<ImageEvent> read(String type, Payload payload, ResponseState arrivals);

        /**
         * Whether an event means something, so that its data has to be JSON.
         *
         * @param type its type, not empty
         * @return false if it may hold anything
         */
        boolean know(String type);

        /** What was held back, now that nothing more comes. */
        default List<ImageEvent> last(ResponseState arrivals) {
            return List.of();
        }

        /** Whether all was said, and only what may stand behind it is waited for. */
        default boolean isOver(ResponseState arrivals) {
            return false;
        }

        /** What it means that all was said, and no image was among it; null if not all was said. */
        default @Nullable ImageException nothing(ResponseState arrivals) {
            return null;
        }
    }

    /** What an error inside a 200 means. */
    @FunctionalInterface
    interface Errors {

        /**
         * Reads an error.
         *
         * @param payload the error event, or the document that is one
         * @param begun whether anything was said of an image before, so that the request was accepted
         * @param partialResult what had arrived
         * @return the failure it means
         */
        ImageException read(Payload payload, boolean begun, PartialResult partialResult);
    }

    /** How the type of an event ends which says that one image is not coming. */
    private static final String ONE_FAILED = ".partial_failed";

    private final ResponseState arrivals;
    private final Events events;
    private final Errors errors;
    private boolean heard;
    private @Nullable String lastWords;

    public AnswerReading(Origin origin, Events events, Errors errors) {
        this.arrivals = new ResponseState(origin);
        this.events = events;
        this.errors = errors;
    }

    @Override
    public List<ImageEvent> read(Payload payload) {
        var unreadable = payload.unreadable();
        if (unreadable != null) {
            return passOver(payload, unreadable);
        }
        heard |= !payload.isDone();
        return payload.isDone() ? done() : understand(payload);
    }

    /** A heartbeat may hold anything. What says that it matters, or does not say what it is, may not. */
    private List<ImageEvent> passOver(Payload payload, RuntimeException unreadable) {
        var type = Objects.requireNonNullElse(payload.event(), "");
        if (type.equals("error")) {
            throw errors.read(payload, arrivals.hasBegun(), arrivals.partialResult());
        }
        if (type.isEmpty() || type.equals("message") || events.know(type)) {
            throw unreadable;
        }
        return List.of();
    }

    private List<ImageEvent> understand(Payload payload) {
        var type = Objects.requireNonNullElse(
                Fields.text(payload.json(), "type"), Objects.requireNonNullElse(payload.event(), ""));
        var items = type.isEmpty() || !payload.inStream() ? items(payload) : null;
        if (items != null) {
            return document(payload, items); // also one that a gateway wraps in an event
        }
        if (isError(type, payload)) {
            throw errors.read(payload, arrivals.hasBegun(), arrivals.partialResult());
        }
        var read = events.read(type, payload, arrivals);
        if (type.isEmpty() && read.isEmpty()) {
            lastWords = ErrorBody.of(payload).message(); // of whoever stops without an image
        }
        return payload.inStream()
                ? read
                : read.stream().filter(ImageEvent.Completed.class::isInstance).toList();
    }

    /** What is listed; an image is taken also where it stands instead of a list of one. Null if there is neither. */
    private static @Nullable List<JsonNode> items(Payload payload) {
        for (String name : List.of("data", "images")) {
            var node = payload.json().path(name);
            if (node.isArray()) {
                return node.valueStream().toList();
            }
            if (new ImageItem(payload, node).image(0) != null) {
                return List.of(node);
            }
        }
        return null;
    }

    /** The failure of one image of several has an error too, and is none of the whole; nor has an image failed that came. */
    private static boolean isError(String type, Payload payload) {
        if (type.equals("error")) {
            return true;
        }
        var error = ErrorBody.of(payload);
        if (type.isEmpty() && payload.inStream()) {
            return error.isFlat() || ErrorBody.isSaid(payload.json().path("error"));
        }
        var isNamed = payload.inStream() ? ErrorBody.isSaid(payload.json().path("error")) : error.isError();
        return isNamed && !type.endsWith(ONE_FAILED) && new ImageItem(payload, payload.json()).image(0) == null;
    }

    /**
     * An error beside images takes none of them away; without images, it is what came. In a stream each image is announced, as
     * everywhere in a stream; a document of its own is one event.
     */
    private List<ImageEvent> document(Payload payload, List<JsonNode> items) {
        var events = new ArrayList<ImageEvent>();
        items.forEach(item -> events.add(arrivals.settle(payload, item, null)));
        var json = payload.json();
        arrivals.account(json);
        arrivals.describe(json);
        var hasImages = !arrivals.partialResult().images().isEmpty();
        var isError = ErrorBody.of(payload).isError();
        if (isError && !hasImages) {
            throw errors.read(payload, arrivals.hasBegun(), arrivals.partialResult());
        }
        if (isError) {
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
        var last = new ArrayList<>(events.last(arrivals));
        if (arrivals.count() == 0) {
            throw end();
        }
        last.add(arrivals.completed());
        return last;
    }

    @Override
    public List<ImageEvent> ended() {
        return !arrivals.isComplete() && events.isOver(arrivals) ? done() : List.of();
    }

    @Override
    public boolean isComplete() {
        return arrivals.isComplete();
    }

    @Override
    public ImageException end() {
        var nothing = events.nothing(arrivals);
        if (nothing != null) {
            return nothing;
        }
        var end = arrivals.cut(heard);
        var details = lastWords == null ? end.details() : end.details().withProviderMessage(lastWords);
        return new OutcomeUnknownException(
                end.reason(), Objects.requireNonNull(end.getMessage()), details, end.partialResult(), null);
    }

    @Override
    public PartialResult partialResult() {
        return arrivals.partialResult();
    }
}
