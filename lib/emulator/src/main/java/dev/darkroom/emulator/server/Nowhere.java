package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.List;
import reactor.core.publisher.Mono;

/** Answers requests under no dialect's prefix: says where the dialects are. */
record Nowhere(List<Dialect> dialects) implements Dialect {

    @Override
    public String prefix() {
        return "";
    }

    @Override
    public Script script(String method, String route) {
        return Script.NONE;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.just(refusal(404, "Nothing here"));
    }

    @Override
    public Reply refusal(int status, String message) {
        var text = message + ". This is Darkroom's emulator; it speaks under:\n"
                + dialects.stream().map(Dialect::prefix).collect(joining("\n", "", "\n"));
        return Reply.document(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
    }
}
