package dev.darkroom.emulator.gateway.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.emulator.fault.Fault.Kind;
import dev.darkroom.emulator.fault.FaultParameter;
import dev.darkroom.emulator.journal.BillingRule;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Gateway;
import dev.darkroom.emulator.server.Reply;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A gateway which speaks a protocol: answers with the error a fault asks for, and turns an {@link ErrorReplyException}
 * into its reply.
 *
 * @param protocol the API's own
 * @param time the clock
 */
public record ProtocolGateway(Protocol protocol, Scheduler time) implements Gateway {

    @Override
    public String prefix() {
        return protocol.prefix();
    }

    @Override
    public String basePath() {
        return protocol.basePath();
    }

    @Override
    public List<String> models() {
        return protocol.models();
    }

    @Override
    public RouteKind routeKind(String method, String route) {
        return protocol.routeKind(method, route);
    }

    @Override
    public BillingRule billingRule() {
        return protocol.billingRule();
    }

    @Override
    public Mono<Reply> answer(Call call) {
        return Mono.defer(() -> switch (call.fault().fault()) {
                    case REDIRECT -> Mono.just(redirected(call));
                    case HTML_OK -> Mono.just(HtmlPages.page(200, "Sign in"));
                    default -> call.fault().fault().kind() == Kind.REFUSAL ? rejected(call) : protocol.answer(call);
                })
                .onErrorResume(ErrorReplyException.class, e -> Mono.just(e.reply()))
                .map(protocol::withCommonHeaders);
    }

    @Override
    public Reply errorReply(int status, String message) {
        return protocol.withCommonHeaders(protocol.errorReply(status, message));
    }

    private Reply redirected(Call call) {
        var elsewhere = call.fault().options().text(FaultParameter.LOCATION);
        int status = (int) call.fault().options().number(FaultParameter.STATUS, 302);
        return Reply.document(status, "text/plain", new byte[0])
                .header(
                        "Location",
                        elsewhere == null ? call.origin() + prefix() + call.route() + query(call) : elsewhere)
                .withContentLength();
    }

    private static String query(Call call) {
        return call.query().entrySet().stream()
                .map(pair -> URLEncoder.encode(pair.getKey(), UTF_8) + "=" + URLEncoder.encode(pair.getValue(), UTF_8))
                .collect(Collectors.joining("&", call.query().isEmpty() ? "" : "?", ""));
    }

    private Mono<Reply> rejected(Call call) {
        var error = ErrorContext.of(call.fault(), Instant.ofEpochMilli(time.now(TimeUnit.MILLISECONDS)));
        return Mono.just(protocol.faultReply(error, call)
                .orElseGet(() -> protocol.errorReply(
                        400, "This API of the emulator has no " + error.fault().word() + " fault")));
    }
}
