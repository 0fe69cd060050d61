package dev.darkroom.emulator.gateway.chat;

import tools.jackson.databind.node.ObjectNode;

/** Why a completion ends. */
enum End {
    /** All is said. */
    STOP("stop", "STOP"),
    /** The image was flagged. */
    FILTERED("content_filter", "IMAGE_SAFETY"),
    /** The model says in words of its own that it will not. */
    REFUSED("stop", "stop"),
    /** The provider failed on the way. */
    ERROR("error", "error");

    private final String reason;
    private final String nativeReason;

    End(String reason, String nativeReason) {
        this.reason = reason;
        this.nativeReason = nativeReason;
    }

    boolean refuses() {
        return this == REFUSED;
    }

    void into(ObjectNode choice, boolean router) {
        choice.put("finish_reason", reason);
        if (router) {
            choice.put("native_finish_reason", nativeReason);
        }
    }
}
