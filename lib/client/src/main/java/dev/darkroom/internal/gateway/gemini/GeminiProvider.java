package dev.darkroom.internal.gateway.gemini;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.Gemini;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** Gemini in the list of gateways. */
public final class GeminiProvider implements GatewayProvider {

    /** For the service loader. */
    public GeminiProvider() {}

    @Override
    public String name() {
        return Gemini.NAME;
    }

    @Override
    public String displayName() {
        return "Google Gemini";
    }

    @Override
    public String defaultModel() {
        return "gemini-3.1-flash-image";
    }

    @Override
    public List<ImageOption<?>> options() {
        return GeminiRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new GeminiDialect();
    }
}
