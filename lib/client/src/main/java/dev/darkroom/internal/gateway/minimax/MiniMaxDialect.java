package dev.darkroom.internal.gateway.minimax;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.MiniMax;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.SummaryEvents;
import java.net.URI;
import java.util.Map;

/**
 * MiniMax H3 Image: {@code POST /images/generations}, and {@code POST /images/edits} for a request with references, both
 * JSON. Answered by Server-Sent Events where a stream is asked for, and by one document otherwise.
 *
 * <ul>
 *   <li>It has no previews. A streamed image comes when it is finished, in whatever order, as
 *       {@link dev.darkroom.image.ImageEvent.ImageReady}; one that failed, as
 *       {@link dev.darkroom.image.ImageEvent.ImageFailed}.
 *   <li>n is 1 to 10, references 1 to 16.
 *   <li>A stream sends URLs alone, so it asks for {@link dev.darkroom.image.ResponseFormat#URL}.
 *   <li>A size is pixels, 655,360 to 20,000,000 in all and no wider than 3:1, or {@code auto}; it stands alone. Otherwise the
 *       aspect ratio goes out as such, and the resolution as {@code area} (1K, 2K, 4K).
 *   <li>Rendering takes up to 10 minutes. What it has begun it finishes and bills, also when the caller has gone, and a second
 *       attempt is billed again: nothing but its own refusal is ever sent again.
 * </ul>
 *
 * @see <a href="https://platform.minimax.io/docs/api-reference/image-generation-h3-generations">MiniMax text to image</a>
 * @see <a href="https://platform.minimax.io/docs/api-reference/image-generation-h3-edits">MiniMax image edit</a>
 * @see <a href="https://platform.minimax.io/docs/api-reference/image-generation-h3-streaming">MiniMax streaming events</a>
 */
public final class MiniMaxDialect implements Dialect {

    private static final Answers ANSWERS = Answers.of(MiniMax.NAME, "x-request-id", new MiniMaxFailures());

    private static final URI BASE_URL = URI.create("https://api.minimax.io/v1");

    /** The dialect. It has no settings. */
    public MiniMaxDialect() {}

    @Override
    public String name() {
        return MiniMax.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return MiniMaxRequest.unsupported(request);
    }

    @Override
    public int cost(ImageRequest request) {
        return Math.max(1, request.n().orElse(1));
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return new MiniMaxRequest(request, MiniMax.NAME).call();
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return ANSWERS.reading(reply, new SummaryEvents());
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return ANSWERS.failure(reply, body);
    }
}
