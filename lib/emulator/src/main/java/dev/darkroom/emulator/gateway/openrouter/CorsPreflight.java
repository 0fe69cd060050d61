package dev.darkroom.emulator.gateway.openrouter;

import dev.darkroom.emulator.server.Reply;

/** Lets a browser's page from anywhere ask. */
final class CorsPreflight {

    private CorsPreflight() {}

    static Reply reply() {
        return Replies.shared(Reply.document(200, "text/plain", new byte[0]))
                .header("Access-Control-Allow-Methods", "GET, POST, OPTIONS")
                .header(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, Accept, HTTP-Referer, X-Title, X-OpenRouter-Title,"
                                + " X-OpenRouter-Categories, Idempotency-Key, X-Emulator-Fault");
    }
}
