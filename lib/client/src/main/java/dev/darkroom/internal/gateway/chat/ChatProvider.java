package dev.darkroom.internal.gateway.chat;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.ChatCompletions;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** Chat completions in the list of gateways: OpenRouter's, and those of whatever stands at another base URL. */
public final class ChatProvider implements GatewayProvider {

    /** For the service loader. */
    public ChatProvider() {}

    @Override
    public String name() {
        return ChatCompletions.NAME;
    }

    @Override
    public String displayName() {
        return "Chat completions";
    }

    @Override
    public String keyVariable() {
        return "OPENROUTER_API_KEY";
    }

    @Override
    public String defaultModel() {
        return "google/gemini-3.1-flash-image";
    }

    @Override
    public List<ImageOption<?>> options() {
        return ChatRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new ChatDialect();
    }
}
