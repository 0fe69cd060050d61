package dev.darkroom.emulator.openrouter;

import dev.darkroom.emulator.server.Reply;

/** Ends the handling of a call with an error reply. Has no stack trace: it is an answer, not a mishap. */
final class Refusal extends RuntimeException {

    private final transient Reply reply;

    Refusal(Reply reply) {
        super("Refused with status " + reply.status(), null, false, false);
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
