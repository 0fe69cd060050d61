package dev.darkroom.internal.gateway.openai;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.OpenAi;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.CompletedEvents;
import java.net.URI;
import java.util.Map;

/**
 * OpenAI's Images API: {@code POST /images/generations} as JSON, and {@code POST /images/edits} for a request with
 * references, as JSON where they are URLs, {@code data:} URLs or stored files, and as {@code multipart/form-data} where
 * they are bytes or files, or where {@link OpenAi#MARKUP} is one of them. Answered by Server-Sent Events where previews are asked for, and by one document otherwise.
 * Many gateways speak it too; give the client their base URL.
 *
 * <ul>
 *   <li>n is 1 to 10, partial_images 0 to 3 and only with stream, references at most 16 of less than 50 MB each,
 *       output_compression 0 to 100.
 *   <li>A size is pixels or {@code auto}. An aspect ratio becomes pixels, with the resolution or else 1K: both sides
 *       multiples of 16, from 655,360 to 8,294,400 in all, no side longer than 3840. The models before gpt-image-2 take
 *       1:1, 3:2 and 2:3 at 1K alone.
 *   <li>GIF and SVG come whole: without stream, previews and compression, an SVG one at a time, a GIF without mask.
 *   <li>Images always come as bytes. A preview is billed as 100 output tokens.
 *   <li>Its limits count images: {@link #cost(ImageRequest)} is n and the references.
 *   <li>Not retried: whatever may have been made. A 429 is a refusal, unless the quota is spent; {@code x-should-retry} has
 *       a say in refusals, and none in what may have been made.
 * </ul>
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images">OpenAI Images API</a>
 */
public final class OpenAiDialect implements Dialect {

    private static final Answers ANSWERS = Answers.of(OpenAi.NAME, "x-request-id", new OpenAiFailures());

    private static final URI BASE_URL = URI.create("https://api.openai.com/v1");

    /** The dialect. It has no settings. */
    public OpenAiDialect() {}

    @Override
    public String name() {
        return OpenAi.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return OpenAiRequest.unsupported(request);
    }

    @Override
    public int cost(ImageRequest request) {
        return Math.max(1, request.n().orElse(1)) + request.references().size();
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return OpenAiRequest.call(request);
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return ANSWERS.reading(reply, new CompletedEvents(request.n().orElse(1)));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return ANSWERS.failure(reply, body);
    }
}
