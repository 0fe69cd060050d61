package dev.darkroom.internal.gateway.responses;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.GatewayProvider;
import dev.darkroom.gateway.Responses;
import dev.darkroom.image.ImageOption;
import java.util.List;

/** OpenAI's Responses API in the list of gateways, and whatever speaks it at another base URL. */
public final class ResponsesProvider implements GatewayProvider {

    /** For the service loader. */
    public ResponsesProvider() {}

    @Override
    public String name() {
        return Responses.NAME;
    }

    @Override
    public String displayName() {
        return "OpenAI Responses";
    }

    @Override
    public String keyVariable() {
        return "OPENAI_API_KEY";
    }

    @Override
    public String defaultModel() {
        return "gpt-5";
    }

    @Override
    public List<ImageOption<?>> options() {
        return ResponsesRequest.TAKEN;
    }

    @Override
    public Dialect dialect() {
        return new ResponsesDialect();
    }
}
