package dev.darkroom.emulator.server;

import reactor.core.publisher.Mono;

/**
 * One API under one prefix: the seam at which further dialects join.
 *
 * <p>A dialect turns a call into a reply and knows nothing of sockets. It brings about faults of the kinds
 * {@code REFUSAL} and {@code PAYLOAD}; the server brings about the others.
 */
public interface Dialect {

    /**
     * Where the API lives.
     *
     * @return a path prefix such as {@code /openrouter/api/v1}, without a slash at its end
     */
    String prefix();

    /**
     * Whether a call takes a line of the fault script: true for those which make images.
     *
     * @param method the HTTP method
     * @param route the path below the prefix
     * @return true if so
     */
    boolean isGeneration(String method, String route);

    /**
     * Answers a call. Subscribed on a worker thread, which may block; cancelled when the client goes away.
     *
     * @param call what was asked
     * @return exactly one reply
     */
    Mono<Reply> answer(Call call);

    /**
     * The dialect's shape of an error the server found: 404, 408, 413, 500, and 400 for a fault header it cannot read.
     *
     * @param status the HTTP status
     * @param message what went wrong
     * @return the reply
     */
    Reply refusal(int status, String message);
}
