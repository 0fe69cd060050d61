package dev.darkroom.internal.gateway.azure;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.dialect.Dialect;
import dev.darkroom.dialect.Reading;
import dev.darkroom.dialect.Reply;
import dev.darkroom.gateway.Azure;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutcomeUnknownException;
import dev.darkroom.internal.gateway.common.Answers;
import dev.darkroom.internal.gateway.common.AzureKey;
import dev.darkroom.internal.gateway.common.AzureRules;
import dev.darkroom.internal.gateway.common.CompletedEvents;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Images at Azure OpenAI and Azure AI Foundry: OpenAI's Images API under an address of the customer's, by the v1 paths or by those of
 * a deployment ({@link Azure}).
 *
 * <ul>
 *   <li>The model is the name of a deployment; its quota is counted for itself.
 *   <li>It encodes PNG and JPEG. An edit is a form, so references are files, bytes or {@code data:} URLs.
 *   <li>An answer that is not streamed ends after about two minutes, and a large picture takes longer: with
 *       {@code stream(true)} and a preview or more it arrives. A failure of one that asked for none says so.
 *   <li>What its content filter says is a {@code Rejected}, reason moderation, also where it stands in a 200.
 * </ul>
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/how-to/dall-e">Azure, image generation models</a>
 */
public final class AzureDialect implements Dialect {

    private static final Answers ANSWERS = new Answers(reply -> AzureRules.origin(Azure.NAME, reply), new AzureRules());
    private static final URI NO_HOST = URI.create("https://azure.invalid/openai/v1");

    private final @Nullable AzurePaths paths;

    /** The dialect of a place that is to be told yet. */
    public AzureDialect() {
        this(null);
    }

    private AzureDialect(@Nullable AzurePaths paths) {
        this.paths = paths;
    }

    @Override
    public String name() {
        return Azure.NAME;
    }

    @Override
    public URI baseUrl() {
        return NO_HOST;
    }

    @Override
    public Dialect at(URI baseUrl) {
        return new AzureDialect(AzurePaths.of(baseUrl));
    }

    @Override
    public Map.Entry<String, String> credentials(String apiKey) {
        return AzureKey.header(apiKey);
    }

    @Override
    public Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        return AzureRequest.unsupported(request);
    }

    @Override
    public int cost(ImageRequest request) {
        return Math.max(1, request.n().orElse(1)) + request.references().size();
    }

    @Override
    public ApiCall generate(ImageRequest request) {
        return AzureRequest.call(request, paths);
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
    public Optional<String> advice(ImageRequest request, OutcomeUnknownException failure) {
        var broken = failure.reason() == OutcomeUnknownException.Reason.CUT
                || failure.reason() == OutcomeUnknownException.Reason.TIMED_OUT;
        var streams = request.stream() && request.partialImages().orElse(0) > 0;
        return broken && !streams
                ? Optional.of("Azure ends an answer that is not streamed after about two minutes:"
                        + " stream(true) with partial_images of 1 or more passes that")
                : Optional.empty();
    }
}
