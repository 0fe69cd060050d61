package dev.darkroom.json;

import dev.darkroom.image.ImageEvent;
import java.util.Optional;

/** What stands as {@code type}. */
enum EventType {
    PARTIAL,
    TEXT_CHUNK,
    IMAGE_READY,
    IMAGE_FAILED,
    COMPLETED,
    FAILED,
    THROTTLED;

    static EventType of(ImageEvent event) {
        if (event instanceof ImageEvent.Partial) {
            return PARTIAL;
        }
        if (event instanceof ImageEvent.TextChunk) {
            return TEXT_CHUNK;
        }
        if (event instanceof ImageEvent.ImageReady) {
            return IMAGE_READY;
        }
        return event instanceof ImageEvent.ImageFailed ? IMAGE_FAILED : COMPLETED;
    }

    /** Empty for a type of a later version. */
    static Optional<EventType> of(String word) {
        return Words.constant(EventType.class, word);
    }

    String word() {
        return Words.of(this);
    }
}
