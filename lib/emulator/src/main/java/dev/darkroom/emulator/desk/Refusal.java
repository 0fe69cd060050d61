package dev.darkroom.emulator.desk;

import dev.darkroom.emulator.server.Reply;

/** Ends the handling of a call with an error reply. Has no stack trace: it is an answer, not a mishap. */
public final class Refusal extends RuntimeException {

    private final transient Reply reply;

    /**
     * A refusal.
     *
     * @param reply what the client gets to read
     */
    public Refusal(Reply reply) {
        super("Refused with status " + reply.status(), null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
