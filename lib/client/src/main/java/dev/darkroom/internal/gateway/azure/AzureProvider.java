package dev.darkroom.internal.gateway.azure;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.Azure;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** Azure in the list of gateways. */
public final class AzureProvider implements GatewayProvider {

    /** For the service loader. */
    public AzureProvider() {}

    @Override
    public String name() {
        return Azure.NAME;
    }

    @Override
    public String displayName() {
        return "Azure OpenAI";
    }

    @Override
    public String keyVariable() {
        return "AZURE_OPENAI_API_KEY";
    }

    /** A deployment is usually called like its model. */
    @Override
    public String defaultModel() {
        return "gpt-image-2";
    }

    @Override
    public List<ImageOption<?>> options() {
        return AzureRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new AzureDialect();
    }
}
