package dev.darkroom;

import dev.darkroom.dialect.Catalogue;
import dev.darkroom.image.Estimate;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ModelEndpoint;
import dev.darkroom.image.ModelInfo;
import dev.darkroom.internal.call.Calls;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The models which a gateway lists, as {@link ImageClient#catalogue()} gives them: to choose one, and to know beforehand what it
 * takes and what it costs.
 *
 * <p>Nothing here is billed. All publishers are cold, and one subscription of them is one call at most. Rate limits are waited
 * out, and what was not accepted is tried again, as for {@link ImageClient#generate}. Signals arrive on an event loop, or where a
 * wait ended on a timer thread.
 */
public final class ModelCatalogue {

    private final Calls calls;
    private final Catalogue catalogue;

    ModelCatalogue(Calls calls, Catalogue catalogue) {
        this.calls = calls;
        this.catalogue = catalogue;
    }

    /**
     * All models.
     *
     * @return the models in the gateway's order; errors as for {@link ImageClient#generate}
     */
    public Flux<ModelInfo> models() {
        return calls.list(catalogue::models, catalogue::models);
    }

    /**
     * Who serves a model, with what it can do there and what it costs.
     *
     * @param model the model's id
     * @return the endpoints in the gateway's order; errors as for {@link ImageClient#generate}
     */
    public Flux<ModelEndpoint> endpoints(String model) {
        return calls.list(() -> catalogue.endpoints(model), catalogue::endpoints);
    }

    /**
     * What the catalogue says of a request: whether the model takes it, and what it will cost as far as can be counted
     * beforehand. The catalogue is asked once an hour for each model, for all copies of the client. Giving up does not disturb
     * others who wait for the same answer.
     *
     * @param request what is to be generated; nothing of it is sent but the model's id
     * @return the estimate, on an event loop if the catalogue had to be asked; errors as for {@link #endpoints(String)}
     */
    public Mono<Estimate> estimate(ImageRequest request) {
        return calls.estimate(catalogue, request);
    }
}
