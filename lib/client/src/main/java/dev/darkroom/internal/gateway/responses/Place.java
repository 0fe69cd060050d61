package dev.darkroom.internal.gateway.responses;

import dev.darkroom.gateway.Responses;
import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.OutputFormat;
import dev.darkroom.internal.gateway.common.AzureKey;
import dev.darkroom.internal.gateway.common.OptionsTaken;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Where the Responses API is spoken, and what is another thing there. */
enum Place {
    /** OpenAI's own, and whoever speaks as it does, a router at an address of one's own as well. */
    OPENAI,
    /** A resource of Azure's: another header for the key, deployments for models, two formats. */
    AZURE,
    /** OpenRouter, which keeps nothing: what is asked for is all there is of it. */
    OPENROUTER;

    private static final Pattern AZURE_HOST = Pattern.compile("(?i).+\\.azure\\.(?:com|us|cn)");
    private static final Pattern VERSION = Pattern.compile("(?i)(?:.*&)?api-version=.*");
    private static final Pattern BY_DATE = Pattern.compile("(?i)(?:.*&)?api-version=\\d{4}-.*");
    private static final String KEEPS_NOTHING = "OpenRouter keeps no responses, so that nothing can be asked for later";
    private static final List<OutputFormat> ENCODED_AT_AZURE = List.of(OutputFormat.PNG, OutputFormat.JPEG);
    private static final String DEPLOYMENT = "x-ms-oai-image-generation-deployment";

    /** An address of Azure's, or one that names a version of its API, which nobody else has. */
    static Place of(URI baseUrl) {
        var host = String.valueOf(baseUrl.getHost()).toLowerCase(Locale.ROOT);
        var query = baseUrl.getRawQuery();
        if (AZURE_HOST.matcher(host).matches()
                || (query != null && VERSION.matcher(query).matches())) {
            return AZURE;
        }
        return host.equals("openrouter.ai") || host.endsWith(".openrouter.ai") ? OPENROUTER : OPENAI;
    }

    /** What stands between a base URL, as people copy it from Azure's pages, and the path of the API. */
    String before(URI baseUrl) {
        var path = baseUrl.getRawPath();
        if (this != AZURE || (path != null && path.length() > 1 && !path.endsWith("/openai"))) {
            return "";
        }
        var query = baseUrl.getRawQuery();
        var isDated = query != null && BY_DATE.matcher(query).matches();
        return (path != null && path.endsWith("/openai") ? "" : "/openai") + (isDated ? "" : "/v1");
    }

    Map.Entry<String, String> credentials(String apiKey) {
        return this == AZURE ? AzureKey.header(apiKey) : Map.entry("Authorization", "Bearer " + apiKey);
    }

    /** Refuses what is not taken here. */
    OptionsTaken refuse(OptionsTaken taken, ImageRequest request) {
        var format = request.outputFormat();
        return taken.require(
                        this != AZURE || format == null || ENCODED_AT_AZURE.contains(format),
                        ImageOption.OUTPUT_FORMAT,
                        "Azure encodes png and jpeg, not " + format)
                .require(this != OPENROUTER, Responses.IN_BACKGROUND, KEEPS_NOTHING)
                .require(this != OPENROUTER, Responses.COMPLETION_WINDOW, KEEPS_NOTHING)
                .require(this != OPENROUTER, Responses.PREVIOUS_RESPONSE_ID, KEEPS_NOTHING);
    }

    /** At Azure the deployment that paints is chosen by a header, and by the tool's model as well. */
    Map<String, String> headers(ImageRequest request) {
        return this == AZURE
                ? request.get(Responses.IMAGE_MODEL)
                        .map(deployment -> Map.of(DEPLOYMENT, deployment))
                        .orElse(Map.of())
                : Map.of();
    }
}
