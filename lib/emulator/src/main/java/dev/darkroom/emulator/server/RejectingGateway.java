package dev.darkroom.emulator.server;

import dev.darkroom.emulator.journal.RouteKind;
import reactor.core.publisher.Mono;

/** Answers, in a gateway's name, a request which the server could not receive. */
record RejectingGateway(Gateway gateway, int status, String message) implements Gateway {

    @Override
    public String prefix() {
        return gateway.prefix();
    }

    @Override
    public RouteKind routeKind(String method, String route) {
        return RouteKind.OTHER;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.just(errorReply(status, message));
    }

    @Override
    public Reply errorReply(int code, String why) {
        // The rest of the request may still be under way: this connection is of no further use.
        return gateway.errorReply(code, why).header("Connection", "close");
    }
}
