package dev.darkroom.internal.gateway.openrouter;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Catalogue;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.AnswerReading;
import dev.darkroom.internal.gateway.common.CompletedEvents;
import dev.darkroom.internal.gateway.common.ErrorRules;
import dev.darkroom.internal.gateway.common.Failures;
import dev.darkroom.internal.gateway.common.Origin;
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

    private static final ErrorRules WORDS = new OpenRouterFailures();

    private static final URI BASE_URL = URI.create("https://openrouter.ai/api/v1");

    /** The dialect. It has no settings. */
    public OpenRouterDialect() {}

    @Override
    public String name() {
        return "openrouter";
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
        var body = new OpenRouterRequest(request, name()).body();
        var accept = ApiCall.accept(request);
        return new ApiCall("POST", "/images", Map.of("Accept", accept, "Content-Type", "application/json"), body);
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        var origin = origin(reply);
        return new AnswerReading(origin, new CompletedEvents(request.n().orElse(1)), new Failures(WORDS, origin));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return new Failures(WORDS, origin(reply)).of(body);
    }

    /** The body has no id: the header is the only handle. */
    private Origin origin(Reply reply) {
        return new Origin(
                name(),
                reply,
                reply.header("x-generation-id"),
                reply.header("x-provider-name"),
                OpenRouterFailures.COST_UNIT);
    }

    @Override
    public Optional<Catalogue> catalogue() {
        return Optional.of(new OpenRouterCatalogue(name()));
    }
}
