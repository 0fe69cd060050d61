package dev.darkroom.spring;

import dev.darkroom.ImageClient;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.internal.gateway.ark.ArkDialect;
import dev.darkroom.internal.gateway.minimax.MiniMaxDialect;
import dev.darkroom.internal.gateway.myrouter.MyRouterDialect;
import dev.darkroom.internal.gateway.openai.OpenAiDialect;
import dev.darkroom.internal.gateway.openrouter.OpenRouterDialect;
import dev.darkroom.internal.gateway.token360.Token360Dialect;

/** Whose API a client speaks. */
public enum Provider {
    /** OpenRouter's Image API. */
    OPENROUTER,
    /** token360. */
    TOKEN360,
    /** Seedream at myrouter. */
    MYROUTER,
    /** OpenAI's Images API, and whatever speaks it at another base URL. */
    OPENAI,
    /** Seedream at Volcengine Ark; at BytePlus ModelArk with its base URL. */
    ARK,
    /** MiniMax H3 Image. */
    MINIMAX;

    private Dialect dialect() {
        return switch (this) {
            case OPENROUTER -> new OpenRouterDialect();
            case TOKEN360 -> new Token360Dialect();
            case MYROUTER -> new MyRouterDialect();
            case OPENAI -> new OpenAiDialect();
            case ARK -> new ArkDialect();
            case MINIMAX -> new MiniMaxDialect();
        };
    }

    /** Without a key. */
    ImageClient client() {
        return ImageClient.of(dialect());
    }

    /** What messages and metrics call it. */
    String word() {
        return dialect().name();
    }
}
