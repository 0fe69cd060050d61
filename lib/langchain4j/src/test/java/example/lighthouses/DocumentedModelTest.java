package example.lighthouses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.ImageClient;
import dev.darkroom.emulator.ImageEmulator;
import dev.darkroom.image.Quality;
import dev.darkroom.langchain4j.DarkroomImageModel;
import dev.darkroom.langchain4j.ResponseMetadata;
import dev.langchain4j.model.image.ImageModel;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the README of this module shows, word for word. */
class DocumentedModelTest {

    @Test
    void whatTheReadmeShowsRuns() {
        try (var gateway =
                        ImageEmulator.create().shrink(16).latency(Duration.ZERO).start();
                var images = ImageClient.openRouter("sk-test")
                        .baseUrl(gateway.openRouterBaseUrl().toString())) {
            ImageModel model = DarkroomImageModel.builder(images)
                    .modelName("openai/gpt-image-1-mini")
                    .options(request -> request.quality(Quality.LOW).deadline(Duration.ofMinutes(2)))
                    .build();
            var lighthouse = model.generate("a lighthouse at dawn");
            var cost = (BigDecimal) lighthouse.metadata().get(ResponseMetadata.COST);
            var atDusk = model.edit(lighthouse.content(), "the same at dusk");

            assertThat(cost).isPositive();
            assertThat(atDusk.content().base64Data()).isNotEmpty();
            assertThat(gateway.journal().accepted()).hasSize(2);
        }
    }
}
