package dev.darkroom.emulator.server;

import reactor.core.publisher.Mono;

/** A dialect in whose name the server refuses a request it could not receive. */
record Refusing(Dialect dialect, int status, String message) implements Dialect {

    @Override
    public String prefix() {
        return dialect.prefix();
    }

    @Override
    public Script script(String method, String route) {
        return Script.NONE;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.just(refusal(status, message));
    }

    @Override
    public Reply refusal(int refused, String because) {
        // The rest of the request may still be under way: this connection is of no further use.
        return dialect.refusal(refused, because).header("Connection", "close");
    }
}
