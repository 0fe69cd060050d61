package dev.darkroom.internal.gateway.gemini;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Gemini;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.internal.gateway.common.Answers;
import java.net.URI;
import java.util.Map;

/**
 * Gemini's {@code POST /models/M:generateContent}, and {@code :streamGenerateContent?alt=sse} where a stream is asked for; at AI
 * Studio by key, at Vertex AI by token.
 *
 * <ul>
 *   <li>Models that think paint up to two pictures on the way, of which the last is the one that is delivered: those are previews,
 *       and partial_images says whether they are to be sent, not how many.
 *   <li>What a model says beside its pictures comes as {@link dev.darkroom.image.ImageEvent.TextChunk}s of a phase of their own.
 *   <li>The aspect ratio and the resolution (512, 1K, 2K, 4K) go out as such; pixels, formats and masks it has no field for.
 *   <li>n is 1: its image models refuse a {@code candidateCount}, and paint several images where the prompt says so. Many calls in
 *       place of one are for the caller to make: each is billed.
 *   <li>A word for the end of moderation ({@code IMAGE_SAFETY}, {@code PROHIBITED_CONTENT}, {@code RECITATION}, …) is a rejection, a
 *       word for another end without a picture ({@code NO_IMAGE}, {@code MAX_TOKENS}, …) a failed generation.
 *   <li>A 429 is a rate limit by the minute, with the delay it names; of a day's quota it is one that is spent.
 * </ul>
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/image-generation">Gemini image generation</a>
 * @see <a href="https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/image-generation">Vertex AI</a>
 */
public final class GeminiDialect implements Dialect {

    private static final Answers ANSWERS = Answers.of(Gemini.NAME, "x-request-id", new GeminiFailures());

    private static final URI BASE_URL = URI.create("https://generativelanguage.googleapis.com/v1beta");

    /** Whether it is at Vertex AI, in a project. */
    private final boolean inProject;

    /** AI Studio's. */
    public GeminiDialect() {
        this(false);
    }

    private GeminiDialect(boolean inProject) {
        this.inProject = inProject;
    }

    @Override
    public String name() {
        return Gemini.NAME;
    }

    @Override
    public URI baseUrl() {
        return BASE_URL;
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return GeminiRequest.unsupported(request);
    }

    /** Below a project Vertex AI takes tokens alone. */
    @Override
    public Dialect at(URI baseUrl) {
        return new GeminiDialect(baseUrl.getPath().contains("/projects/"));
    }

    /** A token of Google Cloud's begins as no key does. */
    @Override
    public Map.Entry<String, String> credentials(String apiKey) {
        var isToken = inProject || apiKey.startsWith("ya29.") || apiKey.startsWith("eyJ");
        return isToken ? Map.entry("Authorization", "Bearer " + apiKey) : Map.entry("x-goog-api-key", apiKey);
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return new GeminiRequest(request).call();
    }

    @Override
    public Reading reading(ImageRequest request, Reply reply) {
        return ANSWERS.message(reply, new GeminiMessage(), request.n().orElse(1));
    }

    @Override
    public ImageException failure(Reply reply, byte[] body) {
        return ANSWERS.failure(reply, body);
    }
}
