package dev.darkroom.dialect.toolkit;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageException;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.ErrorRules;

/**
 * What an answer without success means, as our own dialects have it where a gateway has no words of its own: by the error in the
 * body, whatever its usual shapes, and by the status; with the instant to come back at, the gateway's code and its sentence. It
 * is careful with money: a time-out, or a proxy that answers in the gateway's place, is an unknown outcome.
 */
public final class StatusTable {

    private static final ErrorRules NOTHING_SPECIAL = new ErrorRules() {};

    private StatusTable() {}

    /**
     * The meaning of an answer, for {@link Dialect#failure(Reply, byte[])}.
     *
     * @param gateway what messages call the gateway, {@link Dialect#name()}
     * @param reply the head of the answer, other than 2xx; its handle is read from {@code x-request-id}
     * @param body the first bytes of its body; perhaps not JSON, perhaps empty
     * @return the failure, by outcome
     */
    public static ImageException failure(String gateway, Reply reply, byte[] body) {
        return Answers.of(gateway, "x-request-id", NOTHING_SPECIAL).failure(reply, body);
    }
}
