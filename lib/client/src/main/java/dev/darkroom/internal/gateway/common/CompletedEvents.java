package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import dev.darkroom.image.ImageEvent;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Events in which every image has a completed event of its own, which holds it: OpenAI's, and those of the gateways that
 * took them over.
 *
 * <p>The hard case is several images in one stream: no event says which image it belongs to. They are numbered in the order
 * in which they complete; a preview belongs to the image that completes next. The n-th completed event is the end, behind
 * the image that it holds; {@code [DONE]} is it with fewer.
 *
 * @param expected how many images were asked for
 */
public record CompletedEvents(int expected) implements AnswerReading.Events {

    private static final Set<String> NAMES = Set.of(
            "image_generation.partial_image",
            "image_edit.partial_image",
            "image_generation.text_chunk",
            "image_generation.completed",
            "image_edit.completed");

    @Override
    public List<ImageEvent> read(String type, Payload payload, ResponseState arrivals) {
        return switch (type) {
            case "image_generation.partial_image", "image_edit.partial_image" ->
                arrivals.preview(payload, Fields.integer(payload.json(), "partial_image_index"));
            case "image_generation.text_chunk" -> textChunk(payload, arrivals);
            case "image_generation.completed", "image_edit.completed" -> completed(payload, arrivals);
            default -> List.of(); // news we do not know
        };
    }

    @Override
    public boolean know(String type) {
        return NAMES.contains(type);
    }

    private static List<ImageEvent> textChunk(Payload payload, ResponseState arrivals) {
        arrivals.begin();
        var text = payload.text(payload.json().path("text"));
        var phase = Objects.requireNonNullElse(Fields.text(payload.json(), "phase"), ImageEvent.TextChunk.CONTENT);
        return text == null ? List.of() : List.of(new ImageEvent.TextChunk(phase, text));
    }

    private List<ImageEvent> completed(Payload payload, ResponseState arrivals) {
        var last = arrivals.settle(payload, payload.json(), null);
        arrivals.account(payload.json());
        arrivals.describe(payload.json());
        return arrivals.count() < expected ? List.of(last) : List.of(last, arrivals.completed());
    }
}
