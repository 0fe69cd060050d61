package dev.darkroom.internal.gateway.chat;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.ChatCompletions;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.RouterRules;
import dev.darkroom.internal.gateway.common.UpstreamErrors;
import java.net.URI;
import java.util.Map;

/**
 * {@code POST /chat/completions} of gateways whose models answer with images: OpenRouter's unless told otherwise, and of every
 * relay that offers nothing else.
 *
 * <ul>
 *   <li>Images come as {@code data:} URLs or links in {@code message.images}, in the deltas of a stream, as parts of the content,
 *       or inside the text as Markdown; whole, and without previews.
 *   <li>What a model says beside them comes as {@link dev.darkroom.image.ImageEvent.TextChunk}s of a phase of their own.
 *   <li>References are parts of the message. The aspect ratio and the resolution go out in {@code image_config}, which others
 *       than OpenRouter pass over.
 *   <li>{@code content_filter} and a refusal are moderation. An answer that is done and has no picture is an unknown outcome, with
 *       what was said instead: relays have lost pictures that were billed.
 * </ul>
 *
 * @see <a href="https://openrouter.ai/docs/guides/overview/multimodal/image-generation">OpenRouter</a>
 * @see <a href="https://docs.litellm.ai/docs/completion/image_generation_chat">LiteLLM</a>
 * @see <a href="https://vercel.com/docs/ai-gateway/sdks-and-apis/openai-chat-completions/image-generation">Vercel AI Gateway</a>
 */
public final class ChatDialect implements Dialect {

    private static final Answers ANSWERS =
            new Answers(reply -> UpstreamErrors.origin(ChatCompletions.NAME, reply), new RouterRules() {});

    private static final URI BASE_URL = URI.create("https://openrouter.ai/api/v1");

    /** The dialect. It has no settings. */
    public ChatDialect() {}

    @Override
    public String name() {
        return ChatCompletions.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return ChatRequest.unsupported(request);
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return new ChatRequest(request).call();
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return ANSWERS.message(reply, new ChatMessage(), request.n().orElse(1));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return ANSWERS.failure(reply, body);
    }
}
