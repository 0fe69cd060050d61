package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Catalogue;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Lookup;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.OpenRouter;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.CompletedEvents;
import dev.darkroom.internal.gateway.common.Origin;
import dev.darkroom.internal.gateway.common.UpstreamErrors;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * OpenRouter's Image API: JSON over {@code POST /images}, answered by Server-Sent Events where the provider streams and
 * by one document where it does not.
 *
 * @see <a href="https://openrouter.ai/docs/guides/overview/multimodal/image-generation">OpenRouter image generation</a>
 */
public final class OpenRouterDialect implements Dialect {

    /** The body has no id: the header is the only handle. */
    private static final Answers ANSWERS = new Answers(
            reply -> new Origin(
                    OpenRouter.NAME,
                    reply,
                    reply.header("x-generation-id"),
                    reply.header("x-provider-name"),
                    UpstreamErrors.COST_UNIT),
            new OpenRouterFailures());

    private static final URI BASE_URL = URI.create("https://openrouter.ai/api/v1");

    /** The dialect. It has no settings. */
    public OpenRouterDialect() {}

    @Override
    public String name() {
        return OpenRouter.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return OpenRouterRequest.unsupported(request);
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        var body = new OpenRouterRequest(request, OpenRouter.NAME).body();
        var accept = ApiCall.accept(request);
        return new ApiCall("POST", "/images", Map.of("Accept", accept, "Content-Type", "application/json"), body);
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return ANSWERS.reading(reply, new CompletedEvents(request.n().orElse(1)));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return ANSWERS.failure(reply, body);
    }

    @Override
    public Optional<Catalogue> catalogue() {
        return Optional.of(new OpenRouterCatalogue(OpenRouter.NAME));
    }

    @Override
    public Optional<Lookup> lookup() {
        return Optional.of(new OpenRouterLookup());
    }
}
