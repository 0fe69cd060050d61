package dev.darkroom.emulator.server;

import dev.darkroom.emulator.journal.BillingRule;
import dev.darkroom.emulator.journal.RouteKind;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * A gateway as the server sees it: one API under one prefix.
 *
 * <p>A gateway turns a call into a reply and knows nothing of sockets. It brings about faults of the kinds
 * {@code REFUSAL} and {@code PAYLOAD}; the server brings about the others.
 */
public interface Gateway {

    /**
     * Where the API lives.
     *
     * @return a path prefix such as {@code /openrouter/api/v1}, without a slash at its end
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
     * @return their ids; none where nothing is generated
     */
    default List<String> models() {
        return List.of();
    }

    /**
     * What a request is for.
     *
     * @param method the HTTP method
     * @param route the path below the prefix
     * @return the kind
     */
    RouteKind routeKind(String method, String route);

    /**
     * What is charged for when the client goes away.
     *
     * @return the rule; the worst for the client where no documentation says otherwise
     */
    default BillingRule billingRule() {
        return BillingRule.ACCEPTED;
    }

    /**
     * Answers a call. Subscribed on a worker thread, which may block; cancelled when the client goes away.
     *
     * @param call what was asked
     * @return exactly one reply
     */
    Mono<Reply> answer(Call call);

    /**
     * The gateway's shape of an error the server found: 404, 408, 413, 500, and 400 for a fault header it cannot read.
     *
     * @param status the HTTP status
     * @param message what went wrong
     * @return the reply
     */
    Reply errorReply(int status, String message);
}
