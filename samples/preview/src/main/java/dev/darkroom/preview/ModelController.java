package dev.darkroom.preview;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.darkroom.ImageClient;
import dev.darkroom.image.Capability;
import dev.darkroom.image.ImageException;
import dev.darkroom.image.ModelInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** What the form may offer. */
@RestController
final class ModelController {

    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Mono<Offer> offer;

    /** Asked for once in a while for all browsers; a failure is not kept. */
    ModelController(
            ImageClient client,
            @Value("${darkroom.emulator.enabled:false}") boolean emulated,
            @Value("${darkroom.provider:openrouter}") String gateway,
            @Value("${darkroom.model:}") String model) {
        this.offer = models(client, model)
                .map(models -> new Offer(gateway, emulated, model, models))
                .cache(offer -> FRESH, error -> Duration.ZERO, () -> Duration.ZERO);
    }

    /**
     * What the form may offer.
     *
     * @param gateway who is asked
     * @param emulated whether nothing costs money
     * @param preferred the model which is chosen at first
     * @param models what there is, in the gateway's order
     */
    record Offer(String gateway, boolean emulated, String preferred, List<Model> models) {}

    /**
     * One model, and what it takes by the name of its parameters; null where that is not known, and anything may be tried.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Model(
            String id,
            String name,
            boolean streams,
            @Nullable Map<String, Takes> parameters) {

        static Model of(ModelInfo info) {
            var parameters = new LinkedHashMap<String, Takes>();
            info.supportedParameters().forEach((name, capability) -> parameters.put(name, Takes.of(capability)));
            return new Model(info.id(), info.name(), info.supportsStreaming(), parameters);
        }
    }

    /** What a parameter takes: one of some values, or a number within bounds, or anything. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Takes(
            @Nullable List<String> values,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max) {

        static Takes of(Capability capability) {
            if (capability instanceof Capability.Values enumeration) {
                return new Takes(enumeration.values(), null, null);
            }
            return capability instanceof Capability.Range range
                    ? new Takes(null, range.min(), range.max())
                    : new Takes(null, null, null);
        }
    }

    @GetMapping("/api/models")
    Mono<Offer> models() {
        return offer.onErrorMap(
                ImageException.class,
                e -> new ResponseStatusException(
                        HttpStatus.BAD_GATEWAY, "The gateway's list of models cannot be had: " + e.getMessage(), e));
    }

    private static Mono<List<Model>> models(ImageClient client, String model) {
        try {
            return client.models().map(Model::of).collectList();
        } catch (UnsupportedOperationException e) {
            return Mono.just(List.of(new Model(model, model, true, null))); // a gateway without a list
        }
    }
}
