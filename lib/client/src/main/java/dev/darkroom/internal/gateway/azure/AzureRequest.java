package dev.darkroom.internal.gateway.azure;

import dev.darkroom.dialect.ApiCall;
import dev.darkroom.gateway.Azure;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.internal.gateway.common.ImagesApiOptions;
import dev.darkroom.internal.gateway.common.ImagesApiRequest;
import dev.darkroom.internal.gateway.common.RequestCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Azure takes of the Images API: OpenAI's words in an older state, edits as forms alone, PNG and JPEG.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-foundry/openai/how-to/dall-e">Azure, image generation models</a>
 */
final class AzureRequest {

    static final List<ImageOption<?>> TAKEN =
            ImagesApiOptions.and(ImageOption.N, Azure.RESPONSE_FORMAT, Azure.INPUT_FIDELITY);

    private static final String NOWHERE = "azure has no address of its own: set the base URL of your resource,"
            + " https://RESOURCE.openai.azure.com/openai/v1";

    private static final List<OutputFormat> NOT_ENCODED =
            List.of(OutputFormat.WEBP, OutputFormat.GIF, OutputFormat.SVG);

    private AzureRequest() {}

    static Map<ImageOption<?>, String> unsupported(ImageRequest request) {
        var refused = new LinkedHashMap<>(ImagesApiRequest.unsupported(request, TAKEN));
        var format = request.outputFormat();
        if (format != null && NOT_ENCODED.contains(format)) {
            refused.put(ImageOption.OUTPUT_FORMAT, "it encodes png and jpeg, not " + format);
        }
        return refused;
    }

    /**
     * The call. Previews are 1 to 3 there, so that none are asked for by saying nothing.
     *
     * @param paths by the base URL; null if there is none yet
     */
    static ApiCall call(ImageRequest request, @Nullable AzurePaths paths) {
        var check = new RequestCheck(Azure.NAME);
        check.require(paths != null, NOWHERE);
        check.require(
                paths == null || paths.takes(request.model()),
                "model is the name of a deployment, of letters, digits and . _ - alone");
        var said = request.partialImages().orElse(1) == 0 ? request.without(ImageOption.PARTIAL_IMAGES) : request;
        var call = new ImagesApiRequest(said, check, ImagesApiRequest.Edits.AS_FORM).call(unsupported(request));
        return paths == null
                ? call
                : new ApiCall(call.method(), paths.of(call.path(), request.model()), call.headers(), call.body());
    }
}
