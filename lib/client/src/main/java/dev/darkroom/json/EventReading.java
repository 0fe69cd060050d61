package dev.darkroom.json;

import dev.darkroom.gate.Quota;
import dev.darkroom.gate.Throttled;
import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads one event. What it is stands in its {@code type}, which we write first; where somebody wrote it behind other members, the
 * event is kept as tokens until it is found.
 */
final class EventReading {

    private static final String TYPE = "type";

    private final Members members;

    private @Nullable ImageReading image;
    private @Nullable ImageFailure failure;
    private String phase = ImageEvent.TextChunk.CONTENT;
    private String text = "";
    private @Nullable Instant until;
    private int attempt;
    private String model = "";
    private @Nullable ResultReading result;

    private EventReading(Members members) {
        this.members = members;
    }

    static JsonEvent of(Members members) {
        var json = members.json();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            json.nextToken();
        }
        if (json.currentToken() == JsonToken.PROPERTY_NAME && json.currentName().equals(TYPE)) {
            json.nextToken();
            var type = members.text();
            json.nextToken();
            return of(type, members);
        }
        var context = members.context();
        try (var tokens = context.bufferForInputBuffering(json)) {
            tokens.writeStartObject();
            for (; json.currentToken() == JsonToken.PROPERTY_NAME; json.nextToken()) {
                tokens.copyCurrentStructure(json);
            }
            tokens.writeEndObject();
            var type = new @Nullable String[1];
            var search = new Members(tokens.asParserOnFirstToken(context), context);
            search.each(name -> {
                if (name.equals(TYPE)) {
                    type[0] = search.text();
                } else {
                    search.skip();
                }
            });
            return of(type[0], new Members(tokens.asParserOnFirstToken(context), context));
        }
    }

    private static JsonEvent of(@Nullable String word, Members members) {
        if (word == null) {
            return members.context().reportInputMismatch(JsonEvent.class, "an event has a type, which is a text");
        }
        var type = EventType.of(word);
        if (type.isEmpty()) {
            var kept = members.map();
            kept.remove(TYPE);
            return JsonEvent.unknown(word, kept);
        }
        return new EventReading(members).read(type.get());
    }

    private JsonEvent read(EventType type) {
        if (type == EventType.FAILED) {
            var failed = FailureReading.of(members);
            return JsonEvent.failed(failed.failure(), failed.sent(), null);
        }
        if (type == EventType.PARTIAL) {
            return JsonEvent.of(present(PartialReading.of(members).partial(), "a partial has an image"));
        }
        members.each(this::member);
        return switch (type) {
            case TEXT_CHUNK -> JsonEvent.of(new ImageEvent.TextChunk(phase, text));
            case IMAGE_READY ->
                JsonEvent.of(new ImageEvent.ImageReady(
                        present(image, "an image_ready has an image").image()));
            case IMAGE_FAILED ->
                JsonEvent.of(new ImageEvent.ImageFailed(present(failure, "an image_failed has a failure")));
            case THROTTLED ->
                JsonEvent.throttled(
                        new Throttled(new Quota("", "", model), until == null ? Instant.EPOCH : until, attempt));
            default -> completed();
        };
    }

    private void member(String name) {
        switch (name) {
            case "image" -> image = ImageReading.of(members);
            case "failure" -> failure = members.object(() -> ResultReading.failure(members));
            case "phase" -> phase = members.string();
            case "text" -> text = members.string();
            case "result" -> result = ResultReading.of(members);
            case "until" -> until = members.instant();
            case "attempt" -> attempt = members.index();
            case "model" -> model = members.string();
            default -> members.skip();
        }
    }

    private JsonEvent completed() {
        var end = present(result, "a completed has a result");
        return JsonEvent.of(new ImageEvent.Completed(end.result()), new Sent(end.announced(), false), null);
    }

    /** Without what it is about it is none: an end without a result would be a failure that looks like a success. */
    private <T> T present(@Nullable T value, String otherwise) {
        return value == null ? members.context().reportInputMismatch(JsonEvent.class, otherwise) : value;
    }
}
