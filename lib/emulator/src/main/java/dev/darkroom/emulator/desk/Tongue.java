package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.journal.Charge;
import dev.darkroom.emulator.server.Call;
import dev.darkroom.emulator.server.Dialect.Script;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** One API's own: its routes, its rules, its words. What is alike in all of them is the {@link Desk}'s. */
public interface Tongue {

    /**
     * Where the API lives.
     *
     * @return a path prefix without a slash at its end
     */
    String prefix();

    /**
     * Which script a call takes its fault from.
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
     * Answers a call which shall not be refused on purpose. Subscribed on a worker thread, which may block.
     *
     * @param call what was asked
     * @return exactly one reply, or a failure with a {@link Refusal}
     */
    Mono<Reply> answer(Call call);

    /**
     * Words a refusal.
     *
     * @param trouble what is wrong
     * @param call what was asked; need not be valid
     * @return the reply, or empty if this API has no such refusal
     */
    Optional<Reply> refusal(Trouble trouble, Call call);

    /**
     * The shape of an error the server found: 404, 408, 413, 500, and 400 for what asks the emulator for the impossible.
     *
     * @param status the HTTP status
     * @param message what went wrong
     * @return the reply
     */
    Reply error(int status, String message);

    /**
     * Adds what every answer of this API carries in its head.
     *
     * @param reply any reply of this API
     * @return the reply to send
     */
    default Reply labelled(Reply reply) {
        return reply;
    }
}
