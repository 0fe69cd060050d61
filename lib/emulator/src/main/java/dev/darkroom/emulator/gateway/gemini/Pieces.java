package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.gateway.common.Json;
import dev.darkroom.emulator.gateway.common.StreamEnding;
import dev.darkroom.emulator.server.SseFrame.Event;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pieces of a stream: each a whole answer of its own, of which the last one has the reason for its end.
 *
 * @param json how answers are written
 * @param usage what they cost
 */
record Pieces(AnswerJson json, Usage usage) {

    /** What tells the last piece from others within the emulator; there are no {@code event:} lines. */
    private static final String LAST = "last";

    Event piece(ObjectNode part) {
        return new Event("", Json.bytes(json.candidate(List.of(part), null, usage.json(0))));
    }

    Event last(ObjectNode answer) {
        return new Event(LAST, Json.bytes(answer));
    }

    StreamEnding ending() {
        return new StreamEnding(
                event -> event.type().equals(LAST),
                1,
                false,
                Pieces::failure,
                () -> piece(json.draft(new byte[] {1, 2, 3})));
    }

    static Event failure(boolean limited) {
        return new Event("", Json.bytes(limited ? Errors.exhausted() : Errors.internal()));
    }
}
