package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** OpenRouter in the list of gateways. */
public final class OpenRouterProvider implements GatewayProvider {

    /** For the service loader. */
    public OpenRouterProvider() {}

    @Override
    public String name() {
        return OpenRouter.NAME;
    }

    @Override
    public String displayName() {
        return "OpenRouter";
    }

    @Override
    public String defaultModel() {
        return "openai/gpt-image-1-mini";
    }

    @Override
    public List<ImageOption<?>> options() {
        return OpenRouterRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new OpenRouterDialect();
    }
}
