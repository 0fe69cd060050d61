package dev.darkroom.internal.gateway.responses;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Begun;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Responses;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The image tool of OpenAI's Responses API: {@code POST /responses}, which a model reads that is made to call the tool once. Also at
 * Azure ({@code https://NAME.openai.azure.com/openai/v1}) and OpenRouter ({@code https://openrouter.ai/api/v1}), which are known by
 * their addresses, Azure also by an {@code api-version}.
 *
 * <ul>
 *   <li>Previews are {@code response.image_generation_call.partial_image}, 0 to 3, only with a stream. The final image stands in the
 *       item that is done, and again in the response that is completed.
 *   <li>What the model says beside the picture comes as {@link dev.darkroom.image.ImageEvent.TextChunk}, phase {@code message}; what it
 *       says instead of one, with a refusal, is {@code MODERATION}.
 *   <li>References are parts of the input, as URLs, {@code data:} URLs or stored files; bytes and files become {@code data:} URLs.
 *   <li>In the background ({@link Responses#IN_BACKGROUND}) the response has an id by which it is read on behind any event
 *       ({@code GET /responses/ID?stream=true&starting_after=N}), asked for ({@code GET /responses/ID}) and called off
 *       ({@code POST /responses/ID/cancel}). Otherwise a response ends with its connection.
 * </ul>
 *
 * @see <a href="https://platform.openai.com/docs/guides/tools-image-generation">OpenAI image generation tool</a>
 * @see <a href="https://platform.openai.com/docs/guides/background">OpenAI background mode</a>
 */
public final class ResponsesDialect implements Dialect {

    private static final URI BASE_URL = URI.create("https://api.openai.com/v1");
    private static final String PATH = "/responses";

    private final Endpoint endpoint;

    /** OpenAI's. */
    public ResponsesDialect() {
        this(new Endpoint(Place.OPENAI, PATH));
    }

    private ResponsesDialect(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public String name() {
        return Responses.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Dialect at(URI baseUrl) {
        var place = Place.of(baseUrl);
        return new ResponsesDialect(new Endpoint(place, place.before(baseUrl) + PATH));
    }

    @Override
    public Map.Entry<String, String> credentials(String apiKey) {
        return endpoint.place().credentials(apiKey);
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return ResponsesRequest.unsupported(request, endpoint.place());
    }

    @Override
    public int cost(ImageRequest request) {
        return 1 + request.references().size();
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return new ResponsesRequest(request, endpoint).call();
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return new ResponsesReading(
                endpoint, reply, request.get(Responses.IN_BACKGROUND).orElse(false));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return endpoint.answers().failure(reply, body);
    }

    @Override
    public Optional<String> advice(ImageRequest request, OutcomeUnknownException failure) {
        var broken = failure.reason() == OutcomeUnknownException.Reason.CUT
                || failure.reason() == OutcomeUnknownException.Reason.TIMED_OUT;
        var mayGoOn = endpoint.place() != Place.OPENROUTER
                && !request.get(Responses.IN_BACKGROUND).orElse(false);
        return broken && mayGoOn
                ? Optional.of("with in_background it would have gone on, and been read on")
                : Optional.empty();
    }

    @Override
    public Optional<Begun> begun() {
        return endpoint.place() == Place.OPENROUTER
                ? Optional.empty()
                : Optional.of(id -> BackgroundResponse.named(endpoint, ResponsesReading::new, id));
    }
}
