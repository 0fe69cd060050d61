package dev.darkroom.internal.gateway.openai;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** OpenAI in the list of gateways, and whatever speaks its API at another base URL. */
public final class OpenAiProvider implements GatewayProvider {

    /** For the service loader. */
    public OpenAiProvider() {}

    @Override
    public String name() {
        return OpenAi.NAME;
    }

    @Override
    public String displayName() {
        return "OpenAI";
    }

    @Override
    public String defaultModel() {
        return "gpt-image-2";
    }

    @Override
    public List<ImageOption<?>> options() {
        return OpenAiRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new OpenAiDialect();
    }
}
