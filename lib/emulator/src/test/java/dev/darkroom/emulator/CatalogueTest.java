package dev.darkroom.emulator;

import static dev.darkroom.emulator.TestClient.MINI;
import static dev.darkroom.emulator.TestClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.testsupport.NeedsMaterial;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class CatalogueTest {

    private static RunningEmulator emulator;
    private static TestClient nobody;

    @BeforeAll
    static void start() {
        emulator = ImageEmulator.create().start();
        nobody = new TestClient(emulator).withKey("");
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void theListingNeedsNoKeyAndStartsWithTheUsualModel() {
        var response = nobody.get("/images/models");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).path("data").path(0).path("id").stringValue()).isEqualTo(MINI);
    }

    @Test
    @NeedsMaterial
    void theListingHasTheRecordedShape() {
        Recorded.file("openrouter-recorded/images-models.subset.json").ifPresent(recorded -> {
            var known = names(recorded.path("data"));
            var sent = names(json(nobody.get("/images/models")).path("data"));

            assertThat(sent).isEqualTo(known);
        });
    }

    @Test
    @NeedsMaterial
    void modelsOfTheRecordingAreListedAsRecorded() {
        Recorded.file("openrouter-recorded/images-models.subset.json").ifPresent(recorded -> {
            var sent = json(nobody.get("/images/models")).path("data");
            for (var model : recorded.path("data")) {
                sent.valueStream()
                        .filter(item -> item.path("id").equals(model.path("id")))
                        .filter(item -> !item.path("id").stringValue().startsWith("recraft/"))
                        .forEach(item -> assertThat(without(item)).isEqualTo(without(model)));
            }
        });
    }

    @Test
    @NeedsMaterial
    void endpointsAreThoseOfTheRecording() {
        Recorded.file("openrouter-recorded/images-model-endpoints.openai-gpt-image-2.json")
                .ifPresent(recorded -> {
                    var response = nobody.get("/images/models/openai/gpt-image-2/endpoints");

                    assertThat(json(response)).isEqualTo(recorded);
                    assertThat(response.body()).contains("\"cost_usd\":8e-06");
                });
    }

    @Test
    void everyListedModelHasEndpointsWhereItSays() {
        var models = json(nobody.get("/images/models")).path("data");

        assertThat(models.size()).isGreaterThanOrEqualTo(8);
        for (var model : models) {
            var path = model.path("endpoints").stringValue();
            var response = nobody.get(path.substring("/api/v1".length()));
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            assertThat(json(response).path("id")).isEqualTo(model.path("id"));
            var endpoint = json(response).path("endpoints").path(0);
            assertThat(endpoint.path("supported_parameters")).isEqualTo(model.path("supported_parameters"));
            assertThat(endpoint.has("provider_tag")).isTrue();
            assertThat(endpoint.path("pricing").size()).isPositive();
        }
    }

    @Test
    void anUnknownModelHasNoEndpoints() {
        assertThat(nobody.get("/images/models/nobody/nothing/endpoints").statusCode())
                .isEqualTo(404);
        assertThat(nobody.get("/images/models/nothing/endpoints").statusCode()).isEqualTo(404);
    }

    private static JsonNode without(JsonNode model) {
        var copy = (ObjectNode) model.deepCopy();
        copy.remove(List.of("description", "name", "created"));
        return copy;
    }

    /** The names of a listing's fields, and the types of its capabilities. */
    private static Set<String> names(JsonNode models) {
        var names = new TreeSet<String>();
        for (var model : models) {
            names.addAll(model.propertyNames());
            for (var capability : model.path("supported_parameters")) {
                names.add(capability.path("type").stringValue() + capability.propertyNames());
            }
        }
        return names;
    }
}
