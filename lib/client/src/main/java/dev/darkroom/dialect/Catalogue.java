package dev.darkroom.dialect;

import dev.darkroom.image.Estimate;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.ModelInfo;
import java.util.List;

/** How an API lists its models. Unknown fields are ignored, unknown capabilities are kept. */
public interface Catalogue {

    /**
     * Asks for all models.
     *
     * @return the call
     */
    ApiCall models();

    /**
     * Reads the answer to {@link #models()}.
     *
     * @param answer the document
     * @return the models in the gateway's order
     * @throws IllegalArgumentException if it is no such list
     */
    List<ModelInfo> models(Payload answer);

    /**
     * Asks who serves a model.
     *
     * @param model the model's id
     * @return the call
     * @throws dev.darkroom.image.RejectedException if the id cannot be one
     */
    ApiCall endpoints(String model);

    /**
     * Reads the answer to {@link #endpoints(String)}.
     *
     * @param answer the document
     * @return the endpoints in the gateway's order
     * @throws IllegalArgumentException if it is no such list
     */
    List<ModelEndpoint> endpoints(Payload answer);

    /**
     * Holds a request against what is known of those who serve its model.
     *
     * @param request what is to be generated
     * @param endpoints as {@link #endpoints(Payload)} read them
     * @return what the catalogue says of it
     */
    Estimate estimate(ImageRequest request, List<ModelEndpoint> endpoints);
}
