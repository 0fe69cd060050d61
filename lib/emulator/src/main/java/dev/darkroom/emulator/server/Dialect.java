package dev.darkroom.emulator.server;

import dev.darkroom.emulator.journal.Charge;
import reactor.core.publisher.Mono;

/**
 * One API under one prefix: the seam at which dialects join.
 *
 * <p>A dialect turns a call into a reply and knows nothing of sockets. It brings about faults of the kinds
 * {@code REFUSAL} and {@code PAYLOAD}; the server brings about the others.
 */
public interface Dialect {

    /** Which script a call takes its fault from. */
    enum Script {
        /** None: only a header brings about a fault. */
        NONE,
        /** The script of requests which make images. */
        GENERATIONS,
        /** The script of requests which fetch an image that was made. */
        DOWNLOADS
    }

    /**
     * Where the API lives.
     *
     * @return a path prefix such as {@code /openrouter/api/v1}, without a slash at its end
     */
    String prefix();

    /**
     * Which script a call takes a line of.
     *
     * @param method the HTTP method
     * @param route the path below the prefix
     * @return the script
     */
    Script script(String method, String route);

    /**
     * What is charged for when the client goes away.
     *
     * @return the rule; the worst for the client where no documentation says otherwise
     */
    default Charge charge() {
        return Charge.ACCEPTED;
    }

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
