package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.journal.BillingRule;
import dev.darkroom.emulator.journal.RouteKind;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Reply;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** What one API alone says: its routes, its rules, its wire format. {@link ProtocolGateway} does what is alike in all. */
public interface Protocol {

    /**
     * Where the API lives.
     *
     * @return a path prefix without a slash at its end, which begins with the gateway's name
     */
    String prefix();

    /**
     * What a client calls the API's base URL.
     *
     * @return the prefix, or a path below it where the API has several versions
     */
    default String basePath() {
        return prefix();
    }

    /**
     * Which models it knows.
     *
     * @return their ids, as a request names them; none where nothing is generated
     */
    default List<String> models() {
        return List.of();
    }

    /**
     * Whether a request makes images.
     *
     * @param method the HTTP method
     * @param route the path below the prefix
     * @return true if so
     */
    boolean isGeneration(String method, String route);

    /**
     * What a request is for.
     *
     * @param method the HTTP method
     * @param route the path below the prefix
     * @return the kind, by which the server finds the fault it meets
     */
    default RouteKind routeKind(String method, String route) {
        return isGeneration(method, route) ? RouteKind.GENERATION : RouteKind.OTHER;
    }

    /**
     * What is charged for when the client goes away.
     *
     * @return the rule; the worst for the client where no documentation says otherwise
     */
    default BillingRule billingRule() {
        return BillingRule.ACCEPTED;
    }

    /**
     * Answers a call which meets no fault of the kind {@code REFUSAL}. Subscribed on a worker thread, which may block.
     *
     * @param call what was asked
     * @return exactly one reply, or a failure with an {@link ErrorReplyException}
     */
    Mono<Reply> answer(Call call);

    /**
     * The error reply to a call which a fault, its key, its prompt or a spent quota rejects.
     *
     * @param error why
     * @param call what was asked; need not be valid
     * @return the reply, or empty if this API has no such error
     */
    Optional<Reply> faultReply(ErrorContext error, Call call);

    /**
     * The shape of an error the server found: 404, 408, 413, 500, and 400 for what asks the emulator for the impossible.
     *
     * @param status the HTTP status
     * @param message what went wrong
     * @return the reply
     */
    Reply errorReply(int status, String message);

    /**
     * Adds the headers which every answer of this API has.
     *
     * @param reply any reply of this API
     * @return the reply to send
     */
    default Reply withCommonHeaders(Reply reply) {
        return reply;
    }
}
