package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import reactor.core.publisher.Flux;

/** Writes the events of a stream as a JSON array, each as it comes, as Google's APIs do without {@code alt=sse}. */
final class JsonItems {

    private JsonItems() {}

    static Flux<Chunk> of(Flux<SseFrame> frames) {
        var items = frames.ofType(SseFrame.Event.class)
                .index((number, event) -> item(number == 0 ? "" : ",\r\n", event.data()));
        return Flux.concat(bracket("["), items, bracket("]"));
    }

    private static Flux<Chunk> bracket(String bracket) {
        return Flux.just(new Chunk(bracket.getBytes(UTF_8), false));
    }

    private static Chunk item(String before, byte[] json) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.getBytes(UTF_8));
        bytes.writeBytes(json);
        return new Chunk(bytes.toByteArray(), true);
    }
}
