package dev.darkroom.emulator.gateway.gemini;

import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import dev.darkroom.emulator.server.SseFrame;
import reactor.core.publisher.Flux;

/** In what form an answer comes: its method says so, and {@code alt=sse} beside it. */
enum Form {
    /** All at once. */
    DOCUMENT,
    /** An event stream. */
    EVENTS,
    /** A JSON array, item by item. */
    ITEMS;

    static Form of(Call call, Endpoint endpoint) {
        if (!endpoint.streams()) {
            return DOCUMENT;
        }
        return "sse".equals(call.query().get("alt")) ? EVENTS : ITEMS;
    }

    Reply reply(Flux<SseFrame> frames) {
        return this == ITEMS ? Reply.items(frames) : Reply.stream(frames);
    }
}
