package dev.darkroom.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.darkroom.emulator.journal.RouteKind;
import java.util.List;
import reactor.core.publisher.Mono;

/** Answers requests under no gateway's prefix: says where the gateways are, and which models they know. */
record UnknownPath(List<Gateway> gateways) implements Gateway {

    @Override
    public String prefix() {
        return "";
    }

    @Override
    public RouteKind routeKind(String method, String route) {
        return RouteKind.OTHER;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.just(call.route().equals("/") ? told(200, "Welcome") : errorReply(404, "Nothing here"));
    }

    @Override
    public Reply errorReply(int status, String message) {
        return told(status, message);
    }

    private Reply told(int status, String message) {
        var text = message + ". This is Darkroom's emulator; it speaks under:\n"
                + gateways.stream().map(UnknownPath::line).collect(joining("\n", "", "\n"));
        return Reply.document(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
    }

    private static String line(Gateway gateway) {
        return gateway.models().isEmpty()
                ? gateway.basePath()
                : gateway.basePath() + "  " + String.join(", ", gateway.models());
    }
}
