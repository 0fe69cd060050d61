package dev.darkroom.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.ImageEvent;
import dev.darkroom.image.ImageRequest;
import dev.darkroom.image.ImageResult;
import dev.darkroom.image.Usage;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Dollars and credits are no sum. */
class CostMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final GenerationMeters meters = new GenerationMeters(registry);

    private void spent(String amount, @Nullable String unit) {
        var generation =
                new ImageGenerationObservationContext("imageClient", "any", "model", ImageRequest.of("model", "a fox"));
        var usage = new Usage(null, null, null, 1, new BigDecimal(amount), unit, Map.of());
        generation.record(
                new ImageEvent.Completed(new ImageResult(List.of(), List.of(), usage, null, null, null, List.of())));
        meters.onStop(generation);
    }

    @Test
    void eachUnitHasAMeterOfItsOwn() {
        spent("0.5", "USD");
        spent("0.25", "USD");
        spent("40", "Credits (beta)");
        spent("3", null);

        assertThat(registry.get("darkroom.cost.usd").counter().count()).isEqualTo(0.75);
        assertThat(registry.get("darkroom.cost.credits_beta_").counter().count())
                .isEqualTo(40);
        assertThat(registry.get("darkroom.cost.unknown").counter().count()).isEqualTo(3);
    }

    @Test
    void unitsAreFewWhateverAGatewaySays() {
        for (int i = 0; i < 1000; i++) {
            spent("1", "unit" + i);
        }

        assertThat(registry.getMeters().stream().map(Meter::getId))
                .filteredOn(id -> id.getName().startsWith("darkroom.cost."))
                .hasSizeLessThanOrEqualTo(TagValueLimit.MAX_VALUES + 1);
        assertThat(registry.get("darkroom.cost.other").counter().count()).isEqualTo(900);
    }
}
