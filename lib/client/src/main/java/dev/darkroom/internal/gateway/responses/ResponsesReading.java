package dev.darkroom.internal.gateway.responses;

import dev.darkroom.dialect.Payload;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.GeneratedImage;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.image.PartialResult;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.CompletedEvents;
import dev.darkroom.internal.gateway.common.Failures;
import dev.darkroom.internal.gateway.common.Fields;
import dev.darkroom.internal.gateway.common.NamedImage;
import dev.darkroom.internal.gateway.common.Origin;
import dev.darkroom.internal.gateway.common.ResponseState;
import dev.darkroom.internal.gateway.common.UpstreamErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a response: as a stream of its events, as one document, or as a document that says that it is still being made. Images are
 * numbered in the order in which their calls are first spoken of, and known by their ids, so that one that was told in an event
 * is not told again by the completed response, nor by a response that was asked for after the connection was lost.
 */
final class ResponsesReading implements Reading {

    private static final Set<String> PLACED = Set.of(
            "id", "object", "output", "tools", "tool_choice", "text", "usage", "created_at", "error", "instructions");

    private static final Set<String> RUNNING = Set.of("queued", "in_progress");

    private final Endpoint endpoint;
    private final Answers answers;
    private final Failures failures;
    /** Reads what is no response: an error in whatever shape, a list of images from who speaks another API. */
    private final Reading others;

    private final ResponseState state;
    private final Map<String, Integer> numbers;
    private boolean background;
    private final ModelWords words = new ModelWords();
    private boolean streamed;
    private boolean heard;
    private boolean over;
    private boolean readsOn = true;
    private @Nullable String id;
    private long sequence = -1;

    ResponsesReading(Endpoint endpoint, Reply reply, boolean background) {
        this.endpoint = endpoint;
        this.answers = endpoint.answers();
        this.failures = new Failures(answers.words(), answers.origins().apply(reply));
        this.others = answers.reading(reply, new CompletedEvents(1));
        this.state = new ResponseState(failures.head());
        this.numbers = new HashMap<>();
        this.background = background;
    }

    /** Goes on where another answer ended. */
    ResponsesReading(BackgroundResponse before, Reply reply) {
        this.endpoint = before.endpoint();
        this.answers = endpoint.answers();
        this.failures = new Failures(answers.words(), answers.origins().apply(reply));
        this.others = answers.reading(reply, new CompletedEvents(1));
        var known = before.state();
        this.state = known == null ? new ResponseState(failures.head()) : known.copy();
        this.numbers = new HashMap<>(before.numbers());
        this.background = true;
        this.streamed = before.streamed();
        this.readsOn = before.readsOn();
        this.heard = true;
        this.id = before.id();
        this.sequence = before.sequence();
    }

    @Override
    public List<ImageEvent> read(Payload payload) {
        if (payload.isDone()) {
            return done(payload);
        }
        var type = type(payload);
        if (type.equals("error")) {
            over = true;
            throw new Failures(answers.words(), origin()).read(payload, hasBegun(), partialResult());
        }
        if (!type.startsWith("response.") && !isResponse(payload)) {
            return others.read(payload);
        }
        var unreadable = payload.unreadable();
        if (unreadable != null) {
            throw unreadable;
        }
        heard = true;
        var events = understood(type, payload);
        var number = Fields.number(payload.json(), "sequence_number");
        if (payload.inStream() && number != null) {
            sequence = Math.max(sequence, number.longValue());
        }
        return events;
    }

    private static boolean isResponse(Payload payload) {
        var json = payload.json();
        return json.path("output").isArray() || "response".equals(Fields.text(json, "object"));
    }

    private static String type(Payload payload) {
        var said = payload.unreadable() == null ? Fields.text(payload.json(), "type") : null;
        return said != null ? said : Objects.requireNonNullElse(payload.event(), "");
    }

    private List<ImageEvent> understood(String type, Payload payload) {
        var json = payload.json();
        streamed |= payload.inStream();
        if (!payload.inStream() || json.path("output").isArray()) {
            return document(payload, json);
        }
        return switch (type) {
            case "response.created", "response.queued", "response.in_progress" -> {
                know(json.path("response"));
                yield List.of();
            }
            case "response.output_item.added" -> {
                if (ImageCalls.is(json.path("item"))) {
                    number(Fields.text(json.path("item"), "id"), json);
                }
                yield List.of();
            }
            case "response.image_generation_call.partial_image" -> preview(payload);
            case "response.output_item.done" -> done(ImageCalls.of(payload, json.path("item")), json);
            case "response.output_text.delta" -> text(ImageEvent.TextChunk.MESSAGE, payload);
            case "response.refusal.delta" -> {
                words.refuse();
                yield text("refusal", payload);
            }
            case "response.completed", "response.incomplete", "response.failed", "response.cancelled" ->
                ended(payload, json.path("response"));
            default -> {
                if (type.startsWith("response.image_generation_call.")) {
                    number(null, json);
                }
                yield List.of();
            }
        };
    }

    private void know(JsonNode response) {
        var named = Fields.text(response, "id");
        if (named != null && BackgroundResponse.isId(named)) {
            id = named;
            state.named(handle(named));
        }
        background &= !response.path("background").isBoolean() || Fields.flag(response, "background");
    }

    private int number(@Nullable String item, JsonNode event) {
        var said = item != null ? item : Fields.text(event, "item_id");
        return number(said != null ? said : "output " + Fields.word(event, "output_index"));
    }

    private int number(String key) {
        state.begin();
        return numbers.computeIfAbsent(key, unknown -> numbers.size());
    }

    private List<ImageEvent> preview(Payload payload) {
        var json = payload.json();
        var index = number(null, json);
        var blob = payload.blob(json.path("partial_image_b64"));
        if (blob == null || blob.isTooLarge() || blob.size() == 0 || !state.isFree(index)) {
            return List.of();
        }
        var number = Fields.number(json, "partial_image_index");
        var image = GeneratedImage.of(index, blob.declaredMediaType(), blob.segments());
        return List.of(state.preview(index, number == null ? 0 : Math.max(0, number.intValue()), image));
    }

    /** What says nothing of its picture yet is left for the whole to say. */
    private List<ImageEvent> done(NamedImage call, JsonNode event) {
        var item = call.node();
        return ImageCalls.is(item) && call.isSettled()
                ? settled(call, number(Fields.text(item, "id"), event))
                : List.of();
    }

    private List<ImageEvent> settled(NamedImage call, int index) {
        if (!state.isFree(index)) {
            return List.of();
        }
        call.payload().admit(state.count() + 1);
        var image = call.image(index);
        return List.of(image == null ? state.fail(call.failure(index)) : state.ready(image));
    }

    private List<ImageEvent> text(String phase, Payload payload) {
        var delta = payload.text(payload.json().path("delta"));
        words.say(delta);
        return delta == null || delta.isEmpty() ? List.of() : List.of(new ImageEvent.TextChunk(phase, delta));
    }

    private List<ImageEvent> document(Payload payload, JsonNode json) {
        know(json);
        if (RUNNING.contains(String.valueOf(Fields.text(json, "status")))) {
            return List.of();
        }
        return ended(payload, json);
    }

    /** The whole, however it ended. In a stream each image is told before. */
    private List<ImageEvent> ended(Payload payload, JsonNode response) {
        know(response);
        var events = new ArrayList<ImageEvent>();
        int place = 0;
        for (JsonNode item : response.path("output")) {
            var key = Objects.requireNonNullElse(Fields.text(item, "id"), "output " + place);
            place++;
            if (ImageCalls.is(item)) {
                state.accountAuthor(item);
                var call = ImageCalls.of(payload, item);
                if (ImageCalls.isSettled(call) || "completed".equals(Fields.text(response, "status"))) {
                    events.addAll(settled(call, number(key)));
                }
            } else {
                words.hear(payload, item);
            }
        }
        var error = response.path("error");
        if (partialResult().images().isEmpty()) {
            if (error.isContainer() && !error.isEmpty()) {
                throw failed(payload, response, hasBegun());
            }
            var reason = words.reason(response, origin(), partialResult(), hasBegun());
            if (reason != null) {
                over = true;
                throw reason;
            }
            var call = ImageCalls.failed(response);
            if (call != null) {
                throw failed(payload, call, !ImageCalls.isOfTheInput(call));
            }
        }
        state.account(response);
        state.describe(response, PLACED);
        state.say(words.all());
        over = true;
        var completed = completed();
        if (!streamed) {
            return List.of(completed);
        }
        events.add(completed);
        return events;
    }

    private ImageEvent.Completed completed() {
        try {
            return state.completed();
        } catch (OutcomeUnknownException e) {
            throw words.instead(e);
        }
    }

    private ImageException failed(Payload payload, JsonNode part, boolean begun) {
        over = true;
        return new Failures(answers.words(), origin()).read(payload, part, begun, partialResult());
    }

    private Origin origin() {
        var known = id;
        return known == null ? failures.head() : failures.head().withGenerationId(handle(known));
    }

    /** A router's own is what it can be asked about afterwards; by a response's nobody can ask there. */
    private String handle(String response) {
        var routed = failures.head().reply().header(UpstreamErrors.GENERATION_ID);
        return routed == null ? response : routed;
    }

    private boolean hasBegun() {
        return state.hasBegun();
    }

    private List<ImageEvent> done(Payload payload) {
        if (isComplete()) {
            return List.of();
        }
        if (state.count() == 0) {
            return heard ? fail(end()) : others.read(payload);
        }
        over = true;
        return List.of(completed());
    }

    private static List<ImageEvent> fail(ImageException failure) {
        throw failure;
    }

    @Override
    public boolean isComplete() {
        return state.isComplete() || others.isComplete();
    }

    @Override
    public ImageException end() {
        if (!heard) {
            return others.end();
        }
        var cut = state.cut(heard && id == null);
        return new OutcomeUnknownException(
                cut.reason(), Objects.requireNonNull(cut.getMessage()), origin().details(), cut.partialResult(), null);
    }

    @Override
    public PartialResult partialResult() {
        return hasBegun() ? state.partialResult() : others.partialResult();
    }

    @Override
    public Optional<Handle> handle() {
        return !background || over || id == null
                ? Optional.empty()
                : Optional.of(new BackgroundResponse(
                        endpoint,
                        ResponsesReading::new,
                        id,
                        sequence,
                        streamed,
                        state.copy(),
                        Map.copyOf(numbers),
                        readsOn && streamed));
    }
}
