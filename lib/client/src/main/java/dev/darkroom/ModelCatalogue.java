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
 * <p><b>Cost.</b> Nothing here is billed. All publishers are cold; a subscription is one call, tried again while it is refused for
 * now or was not accepted, within {@link dev.darkroom.settings.RateLimits#maxWait(java.time.Duration)}.
 *
 * <p><b>Demand.</b> Nothing is sent before an element is requested; the answer is one document, read whole.
 *
 * <p><b>Cancellation</b> closes the connection, and ends a wait.
 *
 * <p><b>Errors</b> are those of {@link ImageClient#generate}, none of which costs anything here; an answer that cannot be read is an
 * {@link dev.darkroom.image.OutcomeUnknownException}.
 *
 * <p><b>Signals</b> arrive on an event loop, on the thread that asks for more, or where a wait ended on a timer's.
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
     * @return the models in the gateway's order
     */
    public Flux<ModelInfo> models() {
        return calls.list(catalogue::models, catalogue::models);
    }

    /**
     * Who serves a model, with what it can do there and what it costs.
     *
     * @param model the model's id
     * @return the endpoints in the gateway's order; {@link dev.darkroom.image.RejectedException} ({@code NOT_FOUND}) if there is no
     *     such model
     */
    public Flux<ModelEndpoint> endpoints(String model) {
        return calls.list(() -> catalogue.endpoints(model), catalogue::endpoints);
    }

    /**
     * What the catalogue says of a request: whether the model takes it, and what it will cost as far as can be counted
     * beforehand, in US dollars. The catalogue is asked once an hour for each model, for all copies of the client, when the first
     * of them subscribes. Cancelling does not disturb others who wait for the same answer.
     *
     * @param request what is to be generated; nothing of it is sent but the model's id
     * @return the estimate; otherwise as {@link #endpoints(String)}
     */
    public Mono<Estimate> estimate(ImageRequest request) {
        return calls.estimate(catalogue, request);
    }
}
