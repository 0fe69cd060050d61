package dev.darkroom.emulator.gateway.common;

import dev.darkroom.emulator.server.Reply;

/** Ends the handling of a call with an error reply. Has no stack trace: it is an answer, not a failure of the emulator. */
public final class ErrorReplyException extends RuntimeException {

    private final transient Reply reply;

    /**
     * Ends a call with this reply.
     *
     * @param reply what the client gets to read
     */
    public ErrorReplyException(Reply reply) {
        super("Answered with status " + reply.status(), null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
