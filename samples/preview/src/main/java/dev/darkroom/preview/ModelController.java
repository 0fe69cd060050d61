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

    private final Mono<ModelList> list;

    /** Asked for once in a while for all browsers; a failure is not kept. */
    ModelController(
            ImageClient client,
            @Value("${darkroom.emulator.enabled:false}") boolean emulated,
            @Value("${darkroom.provider:openrouter}") String gateway,
            @Value("${darkroom.model:}") String model) {
        this.list = models(client, model)
                .map(models -> new ModelList(gateway, emulated, model, models))
                .cache(list -> FRESH, error -> Duration.ZERO, () -> Duration.ZERO);
    }

    /**
     * What the form may offer.
     *
     * @param gateway who is asked
     * @param emulated whether the emulator answers, which costs nothing
     * @param preferred the model which is chosen at first
     * @param models what there is, in the gateway's order
     */
    record ModelList(String gateway, boolean emulated, String preferred, List<Model> models) {}

    /**
     * One model, and what it takes by the name of its parameters; null where that is not known, and anything may be tried.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Model(
            String id,
            String name,
            boolean streams,
            @Nullable Map<String, ParameterRange> parameters) {

        static Model of(ModelInfo info) {
            var parameters = new LinkedHashMap<String, ParameterRange>();
            info.supportedParameters()
                    .forEach((name, capability) -> parameters.put(name, ParameterRange.of(capability)));
            return new Model(info.id(), info.name(), info.supportsStreaming(), parameters);
        }
    }

    /** What a parameter takes: one of some values, or a number within bounds, or anything. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ParameterRange(
            @Nullable List<String> values,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max) {

        static ParameterRange of(Capability capability) {
            if (capability instanceof Capability.Values enumeration) {
                return new ParameterRange(enumeration.values(), null, null);
            }
            return capability instanceof Capability.Range range
                    ? new ParameterRange(null, range.min(), range.max())
                    : new ParameterRange(null, null, null);
        }
    }

    @GetMapping("/api/models")
    Mono<ModelList> models() {
        return list.onErrorMap(
                ImageException.class,
                e -> new ResponseStatusException(
                        HttpStatus.BAD_GATEWAY, "The gateway's list of models cannot be had: " + e.getMessage(), e));
    }

    private static Mono<List<Model>> models(ImageClient client, String model) {
        return client.catalogue()
                .map(catalogue -> catalogue.models().map(Model::of).collectList())
                .orElseGet(() -> Mono.just(List.of(new Model(model, model, true, null)))); // a gateway without a list
    }
}
