package dev.darkroom.internal.gateway.common;

import dev.darkroom.dialect.Payload;
import dev.darkroom.image.ImageEvent;
import java.util.List;
import java.util.Set;

/**
 * Events in which {@code partial_succeeded} is a final image and {@code completed} the summary behind the last of them:
 * Seedream's and MiniMax's. The images come in the order in which they are finished, and say which they are.
 */
public final class SummaryEvents implements AnswerReading.Events {

    private static final Set<String> NAMES = Set.of(
            "image_generation.partial_succeeded",
            "image_edit.partial_succeeded",
            "image_generation.partial_failed",
            "image_edit.partial_failed",
            "image_generation.completed",
            "image_edit.completed");

    @Override
    public List<ImageEvent> read(String type, Payload payload, ResponseState arrivals) {
        return switch (type) {
            case "image_generation.partial_succeeded",
                    "image_edit.partial_succeeded",
                    "image_generation.partial_failed",
                    "image_edit.partial_failed" -> settled(payload, arrivals);
            case "image_generation.completed", "image_edit.completed" -> completed(payload, arrivals);
            default -> List.of(); // news we do not know
        };
    }

    @Override
    public boolean know(String type) {
        return NAMES.contains(type);
    }

    private static List<ImageEvent> settled(Payload payload, ResponseState arrivals) {
        var event = arrivals.settle(payload, payload.json(), Fields.integer(payload.json(), "image_index"));
        arrivals.account(payload.json());
        return List.of(event);
    }

    private static List<ImageEvent> completed(Payload payload, ResponseState arrivals) {
        arrivals.account(payload.json());
        arrivals.describe(payload.json());
        return List.of(arrivals.completed());
    }
}
