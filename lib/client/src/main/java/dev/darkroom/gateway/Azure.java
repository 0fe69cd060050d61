package dev.darkroom.gateway;

import dev.darkroom.image.ImageOption;
import dev.darkroom.image.ResponseFormat;

/**
 * What images at Azure OpenAI, and at Azure AI Foundry, know beside what every gateway takes. The model of a request is the name of a
 * deployment. It has no address of its own:
 *
 * <pre>{@code
 * ImageClient.azure(key).baseUrl("https://RESOURCE.openai.azure.com/openai/v1")
 * }</pre>
 *
 * <p>A base URL may end where Azure's own pages let one end, and carry an {@code api-version}:
 *
 * <ul>
 *   <li>{@code https://RESOURCE.openai.azure.com/openai/v1}, with {@code ?api-version=preview} or without;
 *   <li>{@code https://RESOURCE.openai.azure.com/openai/deployments/NAME?api-version=2025-04-01-preview}, for that deployment
 *       whatever a request calls its model;
 *   <li>{@code https://RESOURCE.openai.azure.com?api-version=2025-04-01-preview}: the model chooses the deployment, and by the
 *       resource alone it is the v1 API.
 * </ul>
 *
 * <p>The key is one of the resource's, or a token of Microsoft Entra ID for {@code https://cognitiveservices.azure.com/.default}, from
 * a {@code Mono} or a supplier that renews it: what looks like a token, or begins with {@link #BEARER}, travels as one.
 */
public final class Azure {

    /** Its name in the list of gateways. */
    public static final String NAME = "azure";

    /**
     * What a key begins with that is a token although it does not look like one: {@code Azure.BEARER + token}. A token of Entra ID
     * is known by its looks.
     */
    public static final String BEARER = "Bearer:";

    /** How closely an edit keeps to its references, faces above all: {@code low}, {@code high}; not for gpt-image-2. */
    public static final ImageOption<String> INPUT_FIDELITY = SharedOptions.INPUT_FIDELITY;

    /** Bytes, which are all it sends: said or unsaid, {@link ResponseFormat#BASE64} is the same, and any other is refused. */
    public static final ImageOption<ResponseFormat> RESPONSE_FORMAT = SharedOptions.RESPONSE_FORMAT;

    private Azure() {}
}
