package dev.darkroom.emulator.gateway.common.openai;

import dev.darkroom.emulator.fault.Fault;
import dev.darkroom.emulator.gateway.common.ErrorContext;
import dev.darkroom.emulator.server.Reply;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What each API which speaks OpenAI's says in words of its own: its errors. */
public interface Words {

    /**
     * A model nobody knows.
     *
     * @param id as the request names it
     * @return the reply
     */
    Reply modelNotFound(String id);

    /**
     * The error reply to a request which a fault, its key, its prompt or a quota rejects.
     *
     * @param model the model asked for
     * @param error why
     * @return the reply, or empty if this API has no such error
     */
    Optional<Reply> refusal(String model, ErrorContext error);

    /**
     * The error within an answer which has begun.
     *
     * @param model the model asked for
     * @param why {@link Fault#MODERATION}, {@link Fault#RATE_LIMIT} or {@link Fault#SERVER_ERROR}
     * @return message, type, param and code
     */
    ObjectNode failure(String model, Fault why);

    /**
     * The answer to a request of which nothing came.
     *
     * @param model the model asked for
     * @param why {@link Fault#MODERATION} or {@link Fault#SERVER_ERROR}
     * @return an error
     */
    default Reply nothingMade(String model, Fault why) {
        return refusal(model, ErrorContext.of(why)).orElseThrow();
    }
}
