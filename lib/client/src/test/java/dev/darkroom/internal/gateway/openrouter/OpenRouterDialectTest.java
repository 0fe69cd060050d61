package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.dialect.Dialect;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.DialectContract;
import java.util.ArrayList;
import java.util.List;

class OpenRouterDialectTest extends DialectContract {

    @Override
    protected Dialect dialect() {
        return new OpenRouterDialect();
    }

    @Override
    protected ImageRequest request() {
        return ImageRequest.of("openai/gpt-image-1-mini", "a lighthouse");
    }

    @Override
    protected List<String> stream(int images) {
        var events = new ArrayList<String>();
        for (int i = 0; i < images; i++) {
            events.add("data: {\"type\":\"image_generation.partial_image\",\"partial_image_index\":0,\"b64_json\":\""
                    + BASE64 + "\"}\n\n");
            events.add(": \n\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":\"" + BASE64
                    + "\",\"created\":1790983963,\"usage\":{\"cost\":0.1}}\n\n");
        }
        return events;
    }
}
