package dev.darkroom.internal.gateway.responses;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Responses;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.ErrorRules;
import java.net.URI;
import java.util.Map;

/**
 * The image tool of OpenAI's Responses API: {@code POST /responses}, which a model reads that is made to call the tool once. Also at
 * Azure ({@code https://NAME.openai.azure.com/openai/v1}) and OpenRouter ({@code https://openrouter.ai/api/v1}).
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

    private static final ErrorRules WORDS = new ErrorRules() {};
    private static final Answers ANSWERS = Answers.of(Responses.NAME, "x-request-id", WORDS);
    private static final URI BASE_URL = URI.create("https://api.openai.com/v1");

    /** The dialect. It has no settings. */
    public ResponsesDialect() {}

    @Override
    public String name() {
        return Responses.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return ResponsesRequest.unsupported(request);
    }

    @Override
    public int cost(ImageRequest request) {
        return 1 + request.references().size();
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return new ResponsesRequest(request).call();
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return new ResponsesReading(
                ANSWERS, reply, request.get(Responses.IN_BACKGROUND).orElse(false));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return ANSWERS.failure(reply, body);
    }
}
